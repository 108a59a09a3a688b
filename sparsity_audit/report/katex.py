"""KaTeX, as it is put into a page: its script, its style, and its fonts as data."""

from __future__ import annotations

import re
from base64 import b64encode
from importlib.resources import files

_ASSETS = files("sparsity_audit") / "assets" / "katex"
#: a font is offered as woff2, then in older formats that no present browser asks for
_SOURCES = re.compile(r"src:url\(fonts/([\w-]+\.woff2)\) format\(\"woff2\"\)[^;}]*")


def script() -> str:
    """Return the script."""
    return (_ASSETS / "katex.min.js").read_text(encoding="utf-8")


def style() -> str:
    """Return the style, with every font in it."""
    return _SOURCES.sub(_inlined, (_ASSETS / "katex.min.css").read_text(encoding="utf-8"))


def _inlined(source: re.Match[str]) -> str:
    data = b64encode((_ASSETS / "fonts" / source[1]).read_bytes()).decode("ascii")
    return f'src:url(data:font/woff2;base64,{data}) format("woff2")'

"""JSON that is not trusted: how deep it is, and how much it holds, told before it is looked at."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sparsity_audit.errors import InputError
from sparsity_audit.verdicts.stored_json import MAX_DEPTH, parts_of, read_json

TEXTS = st.text(alphabet='a"\\[]{},: é\n')
DATA = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
)


def depth(data: Any) -> int:
    inside = data.values() if isinstance(data, dict) else data if isinstance(data, list) else None
    return 0 if inside is None else 1 + max(map(depth, inside), default=0)


def values_in(data: Any) -> int:
    inside = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return 1 + sum(map(values_in, inside))


@given(data=DATA, more=st.integers(0, MAX_DEPTH + 1), indent=st.sampled_from([None, 1]))
def test_what_is_too_deep_is_not_read(
    data: Any, more: int, indent: int | None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    nested: Any = data
    for _ in range(more):
        nested = [nested]
    path = tmp_path_factory.mktemp("json") / "file.json"
    path.write_text(json.dumps({"x": nested}, indent=indent, ensure_ascii=False), encoding="utf-8")
    if depth({"x": nested}) > MAX_DEPTH:
        with pytest.raises(InputError, match="nested deeper"):
            read_json(path)
    else:
        assert read_json(path) == {"x": nested}


@given(data=DATA)
def test_no_more_values_than_told(data: Any) -> None:
    assert parts_of(data) >= values_in(data)


@pytest.mark.parametrize("text", ["[" * 10**6, '{"a": "' + "[" * 10**6, '"' + "\\a" * 10**6, ""])
def test_what_is_no_json_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError):
        read_json(path)

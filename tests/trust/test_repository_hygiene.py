"""What no file of the repository may hold: other hosts, paths of one machine, loose versions.

The samples of what is forbidden are put together from parts, for this file is searched too.
"""

import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

CHECKOUT = Path(__file__).resolve().parents[2]

# Hosts that a citation, an XML namespace or an example may name. Keep it short.
ALLOWED_HOSTS = {
    "arxiv.org",
    "doi.org",
    "github.com",
    "openreview.net",
    "www.w3.org",
    "example.org",
    "localhost",
    "127.0.0.1",
    "scheduler",
}

# Registries and mirrors, which are forbidden without a scheme as well.
REGISTRIES = [
    ".".join(parts)
    for parts in [
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("anaconda", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("debian", "org"),
        ("crates", "io"),
        ("jsdelivr", "net"),
        ("unpkg", "com"),
    ]
]

LOCK_FILES = {"uv.lock", "poetry.lock", "pdm.lock", "Pipfile.lock", "pylock.toml"}

ADDRESS = re.compile(r"\b[a-z][a-z0-9+.-]*://(?:[^\s/@]*@)?([a-z0-9][a-z0-9._-]*)", re.IGNORECASE)
REGISTRY = re.compile("|".join(rf"\b{re.escape(host)}\b" for host in REGISTRIES), re.IGNORECASE)
PRIVATE_ADDRESS = re.compile(
    r"(?<![\d.])(?:10\.\d+|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.\d+\.\d+(?![\d.])"
)
INDEX_OPTION = re.compile("--(?:extra-)?" + "index-url|--find-" + r"links\b")
MACHINE_PATH = re.compile(
    r"(?<![\w.)}/$~*-])/(?:home|root|Users|work|tmp|mnt|srv|opt)/\w|[A-Z]:\\+Users\\", re.MULTILINE
)


def forbidden_hosts(text: str) -> list[str]:
    """Hosts and index options in the text that no tracked file may name."""
    named = [host for host in ADDRESS.findall(text) if host.lower() not in ALLOWED_HOSTS]
    for pattern in (REGISTRY, PRIVATE_ADDRESS, INDEX_OPTION):
        named += pattern.findall(text)
    return named


def machine_paths(text: str) -> list[str]:
    """Absolute paths in the text that exist on somebody's machine only."""
    found = MACHINE_PATH.findall(text)
    for folder in (CHECKOUT, Path.home()):
        if len(folder.parts) > 2 and str(folder) in text:
            found.append(str(folder))
    return found


def git(*arguments: str) -> str:
    """Output of a git command in the checkout; skips the test where there is no repository."""
    if not (CHECKOUT / ".git").exists():
        pytest.skip("not a git checkout")
    command = ["git", "-c", f"safe.directory={CHECKOUT}", *arguments]
    return subprocess.run(
        command, cwd=CHECKOUT, check=True, capture_output=True, text=True, encoding="utf-8"
    ).stdout


def repository_texts() -> dict[str, str]:
    """Every text file that is tracked, or would be with the next `git add`."""
    names = git("ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0")
    texts = {}
    for name in filter(None, names):
        path = CHECKOUT / name
        if path.is_file() and b"\0" not in (content := path.read_bytes()):
            texts[name] = content.decode("utf-8")
    return texts


def pinned(name: str = "constraints.txt") -> list[Requirement]:
    lines = (CHECKOUT / name).read_text(encoding="utf-8").splitlines()
    return [Requirement(line) for line in lines if line and not line.startswith("#")]


def project() -> dict[str, Any]:
    return tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def declared() -> list[Requirement]:
    groups = [project()["dependencies"], *project()["optional-dependencies"].values()]
    return [Requirement(line) for group in groups for line in group]


def test_no_file_names_a_foreign_host() -> None:
    texts = repository_texts()
    assert "pyproject.toml" in texts
    found = {name: hosts for name, text in texts.items() if (hosts := forbidden_hosts(text))}
    assert not found


def test_no_file_names_a_path_of_one_machine() -> None:
    texts = repository_texts()
    found = {name: paths for name, text in texts.items() if (paths := machine_paths(text))}
    assert not found


def test_lock_files_are_not_tracked_and_uvs_is_ignored() -> None:
    assert not {Path(name).name for name in git("ls-files", "-z").split("\0")} & LOCK_FILES
    assert git("check-ignore", "uv.lock").strip() == "uv.lock"


@pytest.mark.parametrize("name", ["constraints.txt", "constraints-lowest.txt"])
def test_constraints_are_exact_versions_and_nothing_else(name: str) -> None:
    for pin in pinned(name):
        assert re.fullmatch(r"==[\w.!+]+", str(pin.specifier)), pin
        assert pin.url is None, pin
        assert not pin.extras, pin


@pytest.mark.parametrize("requirement", declared(), ids=str)
def test_every_declared_dependency_is_pinned_within_its_range(requirement: Requirement) -> None:
    name = canonicalize_name(requirement.name)
    pins = [pin for pin in pinned() if canonicalize_name(pin.name) == name]
    assert pins
    for pin in pins:
        assert requirement.specifier.contains(str(pin.specifier).removeprefix("=="))


@pytest.mark.parametrize("line", project()["dependencies"])
def test_the_lowest_versions_are_those_that_are_declared(line: str) -> None:
    requirement = Requirement(line)
    least = [Version(part.version) for part in requirement.specifier if part.operator == ">="]
    pins = [pin for pin in pinned("constraints-lowest.txt") if pin.name == requirement.name]
    assert [Version(str(pin.specifier).removeprefix("==")) for pin in pins] == least


@pytest.mark.parametrize(
    "text",
    [
        "see https:" + "//somewhere.net/page",
        "GIT+SSH:" + "//git@mirror.internal/repository",
        "https:" + "//token@files." + REGISTRIES[1] + "/x.whl",
        "http:" + "//buildbox:8080/simple",
        "from " + REGISTRIES[0],
        "server 10." + "1.2.3",
        "--extra-" + "index-url somewhere",
    ],
)
def test_a_foreign_host_is_seen(text: str) -> None:
    assert forbidden_hosts(text)


@pytest.mark.parametrize(
    "text",
    [
        "https://doi.org/10.1109/TIT.2009.2027527",
        'xmlns="http://www.w3.org/2000/svg"',
        "https://arxiv.org/abs/0811.4706, and tcp://127.0.0.1:8786",
        "z3-solver==4.15.4.0",
        "f'{scheme}://{host}'",
    ],
)
def test_a_citation_is_no_foreign_host(text: str) -> None:
    assert not forbidden_hosts(text)


@pytest.mark.parametrize(
    "text",
    [
        "/" + "home/somebody/x.py",
        'open("/' + 'root/notes")',
        "cd /" + "work/main",
        "C:" + r"\Users\somebody",
        str(Path.home() / "x") if len(Path.home().parts) > 2 else "/" + "Users/x",
    ],
)
def test_a_path_of_one_machine_is_seen(text: str) -> None:
    assert machine_paths(text)


@pytest.mark.parametrize("text", ["#!/usr/bin/env bash", ">/dev/null", "notes/home/x", "~/work/x"])
def test_a_path_of_every_machine_is_none(text: str) -> None:
    assert not machine_paths(text)

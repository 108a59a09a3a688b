"""Files changed at random: never a traceback, never a long wait, never a change that is confirmed.

The seed is printed; `SPARSITY_AUDIT_SEED=N` repeats a run.
"""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Callable
from pathlib import Path
from random import Random, SystemRandom
from typing import Any

import pytest
from click.testing import CliRunner

from sparsity_audit.cli.main import main
from sparsity_audit.errors import InputError
from sparsity_audit.verdicts.finding import Checked, Status

from .stored_files import BUILT_IN, OWN, alone, check, relied_on

Json = Any

SEED = int(os.environ.get("SPARSITY_AUDIT_SEED") or SystemRandom().randrange(10**6))
MUTATIONS = 400
#: no claim of the files takes a fifth of it as it is
WORK = 400_000

ODD: tuple[Json, ...] = (
    *(None, True, False, 0, -1, 1, 2, 1.5, 1e308, 10**30, 10**400, 2**63),
    *("", "x", "1/0", "-1", "1/2", "0", "9" * 4_000, "9" * 10_000, "1/" + "9" * 4_000, "_1", "NaN"),
    *("\x00", "\ud800", "\u202e", "proved", "refuted", "open", "scaling.norm", [], {}, [[]], [{}]),
    *(["sym", "p", "positive"], ["^", "2", ["^", "2", "9"]], {"steps": []}, {"term": "1"}),
)


def deep(random: Random) -> Json:
    data: Json = "1"
    for _ in range(random.choice((20, 90, 400))):
        data = ["Abs", data] if random.random() < 0.5 else {"x": data}
    return data


def places(data: Json, random: Random) -> tuple[Json, Json]:
    """Return a list or an object inside of the data, and a key or index in it."""
    entries = data.get("claims")
    entry = entries[0] if isinstance(entries, list) and entries else data
    inside = entry if isinstance(entry, dict) and entry and random.random() < 0.9 else data
    if random.random() < 0.3:
        # most of a record is evidence, behind one key of many
        evidence = [part for part in inside.values() if isinstance(part, dict) and part]
        inside = random.choice(evidence or [inside])
    while True:
        keys = list(inside if isinstance(inside, dict) else range(len(inside)))
        key = random.choice(keys)
        below = inside[key]
        if not isinstance(below, dict | list) or not below or random.random() < 0.15:
            return inside, key
        inside = below


def dropped(data: Json, random: Random) -> None:
    inside, key = places(data, random)
    del inside[key]


def replaced(data: Json, random: Random) -> None:
    inside, key = places(data, random)
    inside[key] = deep(random) if random.random() < 0.1 else copy.deepcopy(random.choice(ODD))


def exchanged(data: Json, random: Random) -> None:
    inside, key = places(data, random)
    other, place = places(data, random)
    inside[key] = copy.deepcopy(other[place])


def repeated(data: Json, random: Random) -> None:
    inside, key = places(data, random)
    if isinstance(inside, list):
        inside.insert(key, copy.deepcopy(inside[key]))
    else:
        inside[f"{key}s"] = copy.deepcopy(inside[key])


def respelled(data: Json, random: Random) -> None:
    inside, key = places(data, random)
    value = inside[key]
    if isinstance(value, str) and value:
        place = random.randrange(len(value))
        inside[key] = value[:place] + random.choice("0129-/ +xpW=≠<") + value[place + 1 :]
    elif isinstance(value, int | float):
        inside[key] = value + random.choice((-1, 1, 0.5))


CHANGES: tuple[Callable[[Json, Random], None], ...] = (
    *(dropped, replaced, exchanged, repeated, respelled),
)


def text_of(data: Json) -> str:
    return json.dumps(data, sort_keys=True)


def confirmed(found: list[Checked]) -> bool:
    return all(finding.status is Status.CONFIRMED for finding in found)


def renamed(id_: str, data: Json) -> Json:
    """Return the file as it was, its claim under the id that it has in the data.

    Under an id that is not built in, `check` takes a claim for a user's own and says so.
    """
    before = alone(id_)
    before["claims"][0]["id"] = data["claims"][0]["id"]
    return before


@pytest.mark.parametrize("part", range(4))
def test_a_changed_file_is_never_confirmed_and_never_a_hang(tmp_path: Path, part: int) -> None:
    print(f"SPARSITY_AUDIT_SEED={SEED}")
    random = Random(f"{SEED} {part}")
    ids = [*BUILT_IN, *(one.id for one in OWN)]
    refused = 0
    for number in range(MUTATIONS // 4):
        id_ = random.choice(ids)
        data = alone(id_)
        for _ in range(random.choice((1, 1, 1, 2))):
            random.choice(CHANGES)(data, random)
        try:
            found = check(tmp_path, data, WORK)
        except InputError as error:
            found = [Checked("the file", Status.REFUSED, str(error))]
        for finding in found:
            assert "\n" not in finding.said.partition("; the statement")[0]
        if confirmed(found):
            assert list(relied_on(data)) == list(relied_on(renamed(id_, data))), (
                number,
                id_,
                found,
            )
        else:
            refused += 1
    assert refused > MUTATIONS // 16


def test_a_file_with_changed_bytes_ends_with_a_code_and_a_line(tmp_path: Path) -> None:
    print(f"SPARSITY_AUDIT_SEED={SEED}")
    random = Random(SEED)
    path = tmp_path / "stored.json"
    for id_ in ("scaling.norm", "mine.forgotten", "firing.lowers.weights"):
        content = json.dumps(alone(id_)).encode()
        for _ in range(20):
            place = random.randrange(len(content))
            piece = random.choice((b"\xff", b"\x00", b"", b'"', b"{", b"9", b"NaN", b"-Infinity"))
            cut = content[:place] + (piece + content[place + 1 :] if random.random() < 0.8 else b"")
            path.write_bytes(cut)
            shown = CliRunner().invoke(main, ["check", str(path), "--work", str(WORK)])
            assert shown.exit_code in (0, 1, 2), shown.output
            assert isinstance(shown.exception, SystemExit | None)
            if shown.exit_code == 2:
                assert shown.stderr.startswith("sparsity-audit: ")
                assert shown.stderr.count("\n") == 1
            elif shown.exit_code == 0:
                data = json.loads(cut)
                assert list(relied_on(data)) == list(relied_on(renamed(id_, data)))


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_numbers_that_json_does_not_have_are_refused(tmp_path: Path, number: str) -> None:
    written = json.dumps(alone("scaling.norm"))
    seconds = json.dumps(alone("scaling.norm")["claims"][0]["seconds"])
    changed = written.replace(f'"seconds": {seconds}', f'"seconds": {number}')
    assert changed != written
    path = tmp_path / "stored.json"
    path.write_text(changed)
    shown = CliRunner().invoke(main, ["check", str(path)])
    assert shown.exit_code in (1, 2)
    assert "confirmed" not in shown.stdout


def test_two_values_for_one_name_are_refused_wherever_they_stand(tmp_path: Path) -> None:
    written = json.dumps(alone("firing.lowers.weights"))
    path = tmp_path / "stored.json"
    for key in ('"verdict"', '"seal"', '"p"', '"schema"'):
        place = written.index(f"{key}: ")
        path.write_text(f'{written[:place]}{key}: "proved", {written[place:]}')
        shown = CliRunner().invoke(main, ["check", str(path)])
        assert shown.exit_code == 2
        assert "gives two values for one name" in shown.stderr

"""Problems and rosters as others write them: each format reads a file into a problem and writes a roster back."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

from pydantic import ValidationError

from solver.errors import BadFile
from solver.formats import curtois_qu, kitchen, shiftapp
from solver.formats.lines import Step, line_of, steps_of
from solver.problem import Problem
from solver.roster import Roster

T = TypeVar("T")


class Format(NamedTuple):
    """How problems and rosters of one format are read and written; rosters are JSON, and problems where ``is_json``."""

    read_problem: Callable[[str], Problem]
    read_roster: Callable[[Problem, str], Roster]
    write_roster: Callable[[Roster], object]
    is_json: bool = True


FORMATS = {
    "shiftapp": Format(shiftapp.read_problem, shiftapp.read_roster, shiftapp.write_roster),
    "kitchen": Format(kitchen.read_problem, kitchen.read_roster, kitchen.write_roster),
    "curtois-qu": Format(curtois_qu.read_problem, curtois_qu.read_roster, curtois_qu.write_roster, is_json=False),
}


def read_problem(path: Path, name: str) -> Problem:
    """Read a problem file.

    Raises
    ------
    BadFile
        Saying where the file is wrong, and what was expected there.
    """
    text = _text(path)
    return _parsed(path, text, lambda: FORMATS[name].read_problem(text), FORMATS[name].is_json)


def read_roster(problem: Problem, path: Path, name: str) -> Roster:
    """Read a roster file of a problem.

    Raises
    ------
    BadFile
        Saying where the file is wrong, and what was expected there.
    """
    text = _text(path)
    return _parsed(path, text, lambda: FORMATS[name].read_roster(problem, text))


def expect_writable(path: Path) -> None:
    """Say before a search, not after it, that its roster has no place.

    Raises
    ------
    BadFile
        When there is no such folder, it is read-only, or the path is a folder itself.
    """
    if not path.parent.is_dir():
        raise BadFile(str(path), f"cannot be written: there is no folder {path.parent}")
    if path.is_dir() or not os.access(path if path.exists() else path.parent, os.W_OK):
        raise BadFile(str(path), "cannot be written: expected a file that may be")


def write_roster(roster: Roster, path: Path, name: str) -> None:
    """Write a roster file.

    Raises
    ------
    BadFile
        When the file cannot be written.
    """
    try:
        path.write_text(json.dumps(FORMATS[name].write_roster(roster), ensure_ascii=False) + "\n", encoding="utf-8")
    except OSError as error:
        raise BadFile(str(path), f"cannot be written: {error.strerror}") from error


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BadFile(str(path), f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise BadFile(f"{path}: line {line}", "expected UTF-8 text") from error


def _parsed(path: Path, text: str, read: Callable[[], T], is_json: bool = True) -> T:
    try:
        if is_json:
            json.loads(text)
        return read()
    except BadFile as error:
        raise BadFile(f"{path}: {error.where}", error.expected) from error
    except json.JSONDecodeError as error:
        raise BadFile(f"{path}: line {error.lineno}, column {error.colno}", f"expected JSON: {error.msg}") from error
    except ValidationError as error:
        raise _bad(path, text, error) from error
    except ValueError as error:
        raise BadFile(_at(path, text, steps_of(str(error))), str(error)) from error


def _at(path: Path, text: str, steps: Sequence[Step]) -> str:
    """Name the line that steps lead to, or the whole file where they lead nowhere."""
    return f"{path}: line {line_of(text, steps)}" if steps else str(path)


def _bad(path: Path, text: str, error: ValidationError) -> BadFile:
    """Say in one line what the first error of a validation is, and how many more there are."""
    first = error.errors(include_url=False)[0]
    where = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in first["loc"]).lstrip(".")
    whole = first["type"] in ("model_type", "dict_type") and not where
    expected = "expected a JSON object" if whole else first["msg"].removeprefix("Value error, ")
    told = first["type"] in ("missing", "value_error")
    found = "" if told else f", found {json.dumps(first['input'], default=str)[:60]}"
    more = f" ({error.error_count() - 1} more)" if error.error_count() > 1 else ""
    line = _at(path, text, first["loc"] or steps_of(expected))
    return BadFile(f"{line}: {where}" if where else line, f"{expected}{found}{more}")

"""Text files of sections, each of lines with fields between commas, read with the line known when one is wrong."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from solver.errors import BadFile
from solver.frozen import Day

PREFIX = "SECTION_"


@dataclass(frozen=True, slots=True)
class Line:
    """The fields of one line; what each method reads, it reads from the field at a position.

    Every method raises ``BadFile`` when the field is not what is asked for.
    """

    row: int
    form: str
    fields: tuple[str, ...]
    seen: set[str] = field(repr=False)

    def bad(self, expected: str) -> BadFile:
        """Return the error that says what was expected on this line."""
        return BadFile(f"line {self.row}", expected)

    def new(self, at: int, taken: Collection[str] = ()) -> str:
        """Return a name that no line of the section before it had."""
        name = self.fields[at]
        if not name or name in taken or name in self.seen:
            raise self.bad(f"expected a name that is not taken, found {name!r}")
        self.seen.add(name)
        return name

    def number(self, at: int, least: int = 0) -> int:
        """Return a whole number."""
        return self._number(self.fields[at], least)

    def day(self, at: int, days: int) -> Day:
        """Return a day of the horizon."""
        day = self.number(at)
        if day >= days:
            raise self.bad(f"expected a day from 0 to {days - 1}, found {day}")
        return day

    def one_of(self, at: int, known: Collection[str]) -> str:
        """Return a name that is known."""
        return self._known(self.fields[at], known)

    def names(self, at: int, known: Collection[str]) -> list[str]:
        """Return the names in a field, which are separated by bars."""
        return [self._known(name, known) for name in self.fields[at].split("|") if name]

    def names_of(self, at: int, known: Collection[str]) -> list[str]:
        """Return the names in a field of ``name=number`` separated by bars."""
        parts = [part for part in self.fields[at].split("|") if part]
        for part in parts:
            if "=" not in part:
                raise self.bad(f"expected NAME=NUMBER, found {part!r}")
        return [self._known(part.split("=")[0], known) for part in parts]

    def count_of(self, at: int, name: str) -> int:
        """Return the number of ``name`` in such a field."""
        given = dict(part.split("=", 1) for part in self.fields[at].split("|") if part)
        return self._number(given[name], 0)

    def from_(self, at: int) -> range:
        """Return the positions of the fields from ``at`` that are not empty."""
        last = len(self.fields)
        while last > at and not self.fields[last - 1]:
            last -= 1
        return range(at, last)

    def _number(self, text: str, least: int) -> int:
        if not (text.isascii() and text.isdigit()) or int(text) < least:
            raise self.bad(f"expected a whole number from {least}, found {text!r} ({self.form})")
        return int(text)

    def _known(self, name: str, known: Collection[str]) -> str:
        if name not in known:
            raise self.bad(f"expected one of {', '.join(list(known)[:12])}, found {name!r} ({self.form})")
        return name


def sections(text: str, forms: Mapping[str, str]) -> dict[str, list[Line]]:
    """Return the lines of each section; empty lines and those that begin with ``#`` are left out.

    Parameters
    ----------
    text : str
    forms : mapping of str to str
        For each section the names of its fields, separated by commas; ``…`` at the end stands for any number more. The
        first three must have a line.

    Raises
    ------
    BadFile
        Naming the line, and what was expected there.
    """
    found: dict[str, list[Line]] = {name: [] for name in forms}
    seen: dict[str, set[str]] = {name: set() for name in forms}
    here = ""
    row = 0
    for row, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith(PREFIX):
            here = line.removeprefix(PREFIX)
            if here not in forms:
                raise BadFile(f"line {row}", f"expected one of {', '.join(PREFIX + name for name in forms)}")
            continue
        if not here:
            raise BadFile(f"line {row}", f"expected {PREFIX}{next(iter(forms))}, found {line[:40]!r}")
        fields = tuple(one.strip() for one in line.split(","))
        wanted = forms[here].removesuffix(",…").split(",")
        if len(fields) < len(wanted) or (len(fields) > len(wanted) and not forms[here].endswith("…")):
            raise BadFile(f"line {row}", f"expected {forms[here]}, found {len(fields)} fields")
        found[here].append(Line(row, forms[here], fields, seen[here]))
    for name in list(forms)[:3]:
        if not found[name]:
            raise BadFile(f"line {row + 1}", f"expected {PREFIX}{name} with a line")
    return found

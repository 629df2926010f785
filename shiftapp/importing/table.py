"""A CSV file as lines of named fields, with what is wrong with each."""

import csv
import io
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, TypeVar

from shiftapp.importing.report import Problem

LARGEST: Final = 2_000_000
"""Bytes of one file."""
MOST_LINES: Final = 20_000
LONGEST_FIELD: Final = 500

Value = TypeVar("Value")


@dataclass
class Findings:
    """Problems of one file, in the order they were met."""

    file: str
    problems: list[Problem] = field(default_factory=list[Problem])

    def blame(self, line: int, code: str, **args: str | int) -> None:
        """Note one problem."""
        self.problems.append(Problem(self.file, line, code, args))


@dataclass(frozen=True)
class Line:
    """One line of a table.

    Every reading method returns a value to go on with; what is wrong with the field goes to the findings.
    """

    number: int
    fields: Mapping[str, str]
    findings: Findings

    def blame(self, code: str, **args: str | int) -> None:
        """Note a problem of this line."""
        self.findings.blame(self.number, code, **args)

    def text(self, column: str, longest: int = LONGEST_FIELD, *, required: bool = False) -> str:
        """Return a field with single spaces, without what cannot be seen: control characters, zero-width marks."""
        words = unicodedata.normalize("NFC", self.fields.get(column, "")).split()
        found = "".join(letter for letter in " ".join(words) if unicodedata.category(letter) not in ("Cc", "Cf"))
        if required and not found:
            self.blame("import.missing", column=column)
        if len(found) > longest:
            self.blame("import.too_long", column=column, longest=longest)
        return found[:longest]

    def whole(self, column: str, low: int, high: int, default: int) -> int:
        """Return a whole number ``low``–``high``; an empty field is ``default``."""
        found = unicodedata.normalize("NFKC", self.text(column))
        if not found:
            return default
        if not found.isdecimal() or len(found) > 9 or not low <= int(found) <= high:
            self.blame("import.bad_number", column=column, value=found, low=low, high=high)
            return default
        return int(found)

    def maybe_date(self, column: str) -> date | None:
        """Return a date written as 2026-12-31 or 2026/12/31; an empty field is None."""
        found = unicodedata.normalize("NFKC", self.text(column))
        if not found:
            return None
        try:
            year, month, day = (int(part) for part in found.replace("/", "-").split("-"))
            return date(year, month, day)
        except ValueError:
            self.blame("import.bad_date", column=column, value=found)
            return None

    def date(self, column: str) -> date | None:
        """Return a date that must be there."""
        if not self.text(column):
            self.blame("import.missing", column=column)
            return None
        return self.maybe_date(column)

    def word(self, column: str, words: Mapping[str, Value], blank: str = "") -> Value | None:
        """Return what a word stands for; an empty field is read as the word ``blank``."""
        found = self.text(column).casefold() or blank
        if found not in words:
            self.blame("import.bad_word", column=column, value=found, expected=", ".join(words))
            return None
        return words[found]

    def names(self, column: str) -> tuple[str, ...]:
        """Return the names between semicolons."""
        return tuple(name for part in self.text(column, 4 * LONGEST_FIELD).split(";") if (name := part.strip()))


def read_table(
    file: str, content: bytes, required: Sequence[str], optional: Collection[str]
) -> tuple[list[Line], Findings]:
    """Return the lines of a CSV file, UTF-8 with or without a byte order mark, and what is wrong with it.

    Empty lines are skipped. A file that cannot be read has no lines and one problem.
    """
    findings = Findings(file)
    if len(content) > LARGEST:
        findings.blame(0, "import.too_large", largest=LARGEST // 1_000_000)
        return [], findings
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        findings.blame(content.count(b"\n", 0, wrong.start) + 1, "import.not_utf8")
        return [], findings
    try:
        return list(_lines(text, findings, required, optional)), findings
    except csv.Error as wrong:
        findings.blame(0, "import.not_csv", reason=str(wrong))
        return [], findings


def _lines(text: str, findings: Findings, required: Sequence[str], optional: Collection[str]) -> list[Line]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    heading = [name.strip().casefold() for name in next(reader, list[str]())]
    if not _good_heading(heading, findings, required, optional):
        return []
    lines: list[Line] = []
    before = reader.line_num
    for row in reader:
        number, before = before + 1, reader.line_num  # a quoted field may span lines: the first one counts
        if not any(value.strip() for value in row):
            continue
        if len(lines) == MOST_LINES:
            findings.blame(number, "import.too_many", most=MOST_LINES)
            break
        if len(row) != len(heading):
            findings.blame(number, "import.columns", expected=len(heading), found=len(row))
            continue
        lines.append(Line(number, dict(zip(heading, row, strict=True)), findings))
    return lines


def _good_heading(
    heading: Sequence[str], findings: Findings, required: Sequence[str], optional: Collection[str]
) -> bool:
    known = [*required, *optional]
    for name in required:
        if name not in heading:
            findings.blame(1, "import.no_column", column=name, expected=", ".join(known))
    for position, name in enumerate(heading):
        if name not in known:
            findings.blame(1, "import.unknown_column", column=name, expected=", ".join(known))
        elif name in heading[:position]:
            findings.blame(1, "import.column_twice", column=name)
    return not findings.problems


def once(lines: Sequence[Line], key: Callable[[Line], object], code: str = "import.twice") -> list[Line]:
    """Return the lines whose key no earlier line has; the others are problems that name the earlier line."""
    first: dict[object, Line] = {}
    for line in lines:
        earlier = first.setdefault(key(line), line)
        if earlier is not line:
            line.blame(code, earlier=earlier.number)
    return list(first.values())

"""A folder as a manager keeps it: ``staff.csv``, ``calendar.csv``, ``groups.csv``, ``requests.csv``.

Names tie the files together: groups and requests name staff members of ``staff.csv`` or of the team, requests name
shift types by symbol or code.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePath
from typing import Final

from shiftapp.domain.calendar import DAY_KINDS, CalendarDay, DayKind
from shiftapp.domain.request import HIGHEST_WEIGHT
from shiftapp.domain.shift_type import ShiftType, StaffType
from shiftapp.domain.staff import StaffMember
from shiftapp.importing.report import Problem
from shiftapp.importing.table import Line, once, read_table

STAFF, CALENDAR, GROUPS, REQUESTS = "staff.csv", "calendar.csv", "groups.csv", "requests.csv"
FILES: Final = (STAFF, CALENDAR, GROUPS, REQUESTS)
LONGEST_NAME: Final = 80
MOST_STAFF: Final = 200

STAFF_TYPE_WORDS: Final[Mapping[str, StaffType]] = {
    "regular": "regular",
    "contract": "contract",
    "part_time": "part_time",
    "社員": "regular",
    "派遣": "contract",
    "パート": "part_time",
}
DAY_WORDS: Final[Mapping[str, DayKind]] = {kind: kind for kind in DAY_KINDS}
WANTED_WORDS: Final[Mapping[str, bool]] = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group by the names of its members and backups."""

    name: str
    members: tuple[str, ...]
    backups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RequestLine:
    """A request by the name of who asks."""

    name: str
    day: date
    shift: ShiftType
    wanted: bool
    weight: int
    note: str


@dataclass(frozen=True, slots=True)
class Folder:
    """What the files say, where they could be read; staff have no ids yet.

    ``staff_lines`` gives the line of each staff member by name, for problems found later.
    """

    staff: tuple[StaffMember, ...] = ()
    staff_lines: Mapping[str, int] = field(default_factory=dict[str, int])
    calendar: tuple[CalendarDay, ...] = ()
    groups: tuple[GroupLine, ...] = ()
    requests: tuple[RequestLine, ...] = ()
    problems: tuple[Problem, ...] = ()
    ignored: tuple[str, ...] = ()


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return problems as the files and lines come."""
    place = {name: position for position, name in enumerate(FILES)}
    return tuple(sorted(problems, key=lambda problem: (place.get(problem.file, -1), problem.line)))


def read_folder(files: Mapping[str, bytes], team_staff: Sequence[StaffMember], shifts: Sequence[ShiftType]) -> Folder:
    """Read the files of a folder.

    Parameters
    ----------
    files : mapping
        File name → content; names other than ``FILES`` are ignored and listed.
    team_staff, shifts
        What the team has already.
    """
    known = {PurePath(name).name: content for name, content in files.items()}
    problems: list[Problem] = []
    if not any(name in known for name in FILES):
        problems.append(Problem("", 0, "import.no_files", {"expected": ", ".join(FILES)}))

    staff, staff_lines = _staff(known.get(STAFF), problems)
    people = {member.name: member for member in (*team_staff, *staff)}
    return Folder(
        staff=staff,
        staff_lines=staff_lines,
        calendar=_calendar(known.get(CALENDAR), problems),
        groups=_groups(known.get(GROUPS), people, problems),
        requests=_requests(known.get(REQUESTS), people, shifts, problems),
        problems=in_order(problems),
        ignored=tuple(sorted(name for name in known if name not in FILES)),
    )


def _staff(content: bytes | None, problems: list[Problem]) -> tuple[tuple[StaffMember, ...], dict[str, int]]:
    if content is None:
        return (), {}
    optional = (
        "order", "position", "department", "staff_type", "skills", "weekly_minutes", "employed_from", "employed_to",
    )  # fmt: skip
    lines, findings = read_table(STAFF, content, ("name",), optional)
    found = [_member(line, rank) for rank, line in enumerate(lines)]
    lines_of: dict[str, int] = {}
    for line in once(lines, lambda line: line.text("name")):
        lines_of[line.text("name")] = line.number
    if len(lines_of) > MOST_STAFF:
        findings.blame(0, "import.too_many", most=MOST_STAFF)
    problems += findings.problems
    return tuple(found), lines_of


def _member(line: Line, rank: int) -> StaffMember:
    starts, ends = line.maybe_date("employed_from"), line.maybe_date("employed_to")
    if starts is not None and ends is not None and ends < starts:
        line.blame("import.dates_order", earlier="employed_from", later="employed_to")
    return StaffMember(
        id=0,
        rank=line.whole("order", 0, 100_000, rank + 1),
        name=line.text("name", LONGEST_NAME, required=True),
        position=line.text("position", LONGEST_NAME),
        department=line.text("department", LONGEST_NAME),
        staff_type=line.word("staff_type", STAFF_TYPE_WORDS, blank="regular") or "regular",
        skills=line.names("skills"),
        weekly_minutes=line.whole("weekly_minutes", 0, 10_080, 2400),
        employed_from=starts,
        employed_to=ends,
    )


def _calendar(content: bytes | None, problems: list[Problem]) -> tuple[CalendarDay, ...]:
    if content is None:
        return ()
    lines, findings = read_table(CALENDAR, content, ("date", "kind"), ("note",))
    found: list[CalendarDay] = []
    dated = [(line, line.date("date")) for line in lines]
    days = {line.number: day for line, day in dated if day is not None}
    for line in once([line for line, day in dated if day is not None], lambda line: days[line.number]):
        kind = line.word("kind", DAY_WORDS)
        if kind is not None:
            found.append(CalendarDay(days[line.number], kind, line.text("note", 200)))
    problems += findings.problems
    return tuple(found)


def _groups(content: bytes | None, people: Mapping[str, StaffMember], problems: list[Problem]) -> tuple[GroupLine, ...]:
    if content is None:
        return ()
    lines, findings = read_table(GROUPS, content, ("group", "members"), ("backup",))
    found: list[GroupLine] = []
    for line in once(lines, lambda line: line.text("group")):
        group = GroupLine(line.text("group", LONGEST_NAME, required=True), line.names("members"), line.names("backup"))
        if len(group.members) < 2:
            line.blame("import.small_group", found=len(group.members))
        names = (*group.members, *group.backups)
        for position, name in enumerate(names):
            if name not in people:
                line.blame("import.unknown_name", name=name)
            elif name in names[:position]:
                line.blame("import.name_twice", name=name)
        found.append(group)
    problems += findings.problems
    return tuple(found)


def _requests(
    content: bytes | None, people: Mapping[str, StaffMember], shifts: Sequence[ShiftType], problems: list[Problem]
) -> tuple[RequestLine, ...]:
    if content is None:
        return ()
    lines, findings = read_table(REQUESTS, content, ("name", "date", "symbol"), ("wanted", "weight", "note"))
    words = {word.casefold(): shift for shift in shifts if shift.active for word in (shift.symbol, shift.code)}
    found = [(line, asked) for line in lines if (asked := _request(line, people, words)) is not None]
    first = {line.number: (asked.name, asked.day, asked.shift.id) for line, asked in found}
    kept = {line.number for line in once([line for line, _ in found], lambda line: first[line.number])}
    problems += findings.problems
    return tuple(asked for line, asked in found if line.number in kept)


def _request(line: Line, people: Mapping[str, StaffMember], words: Mapping[str, ShiftType]) -> RequestLine | None:
    name, day = line.text("name", LONGEST_NAME, required=True), line.date("date")
    shift, wanted = line.word("symbol", words), line.word("wanted", WANTED_WORDS, blank="yes")
    weight = line.whole("weight", 1, HIGHEST_WEIGHT, 10)
    member = people.get(name)
    if member is None:
        if name:
            line.blame("import.unknown_name", name=name)
        return None
    if day is not None and not member.employed_on(day):
        line.blame("import.not_employed", name=name, day=day.isoformat())
        return None
    if day is None or shift is None or wanted is None:
        return None
    return RequestLine(name, day, shift, wanted, weight, line.text("note", 200))

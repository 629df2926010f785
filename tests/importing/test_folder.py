"""Every bad line is named with its file, its number and what was expected; good ones become values."""

import re
from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from shiftapp.domain.shift_type import default_shift_types
from shiftapp.importing.demo import demo_files
from shiftapp.importing.folder import Folder, read_folder
from shiftapp.importing.table import LARGEST
from tests.factories import member

SHIFTS = tuple(shift.with_id(number) for number, shift in enumerate(default_shift_types(), 1))
STAFF = "order,name,position,department,staff_type,skills,weekly_minutes,employed_from,employed_to\n"


def read(files: Mapping[str, str | bytes]) -> Folder:
    content = {name: text.encode() if isinstance(text, str) else text for name, text in files.items()}
    return read_folder(content, (member("Known"), member("Also")), SHIFTS)


def problems(files: Mapping[str, str | bytes]) -> list[tuple[str, int, str]]:
    return [(problem.file, problem.line, problem.code) for problem in read(files).problems]


def test_the_demo_is_read_whole() -> None:
    folder = read_folder(demo_files(), (), SHIFTS)
    assert folder.problems == ()
    counts = len(folder.staff), len(folder.calendar), len(folder.groups), len(folder.requests)
    assert counts == (18, 6, 7, 81)
    first = folder.staff[0]
    assert (first.name, first.skills, first.weekly_minutes) == ("佐藤 健一", ("lead", "grill", "simmer"), 2400)
    assert folder.groups[0].backups == ("鈴木 美咲",)


def test_the_demo_in_english_is_the_same_kitchen_without_a_japanese_word() -> None:
    files = demo_files("en")
    assert not re.search("[ぁ-んァ-ヶ一-龠]", "".join(content.decode() for content in files.values()))
    japanese, english = (read_folder(given, (), SHIFTS) for given in (demo_files(), files))
    assert english.problems == ()
    assert len({person.name for person in english.staff}) == 18
    assert [person.skills for person in english.staff] == [person.skills for person in japanese.staff]
    assert [len(group.members) for group in english.groups] == [len(group.members) for group in japanese.groups]


def test_a_byte_order_mark_quotes_and_other_line_ends_change_nothing() -> None:
    plain = STAFF + "1,Ann,Chef,Kitchen,regular,a;b,2400,2020-01-01,\n2,Bob,,,パート,,1500,,\n"
    same = plain.replace("Chef", '"Chef"').replace("\n", "\r\n")
    assert read({"staff.csv": b"\xef\xbb\xbf" + same.encode()}).staff == read({"staff.csv": plain}).staff
    assert read({"staff.csv": plain}).staff[1].staff_type == "part_time"


def test_a_note_may_hold_commas_quotes_and_line_breaks_and_later_lines_keep_their_numbers() -> None:
    text = 'date,kind,note\n2027-01-01,must_off,"a, ""b""\nc"\n2027-13-01,must_off,\n'
    folder = read({"calendar.csv": text})
    assert folder.calendar[0].note == 'a, "b" c'
    assert [(problem.line, problem.code) for problem in folder.problems] == [(4, "import.bad_date")]


BAD: dict[str, tuple[dict[str, str | bytes], tuple[str, int, str]]] = {
    "no file of ours": ({"notes.txt": "x"}, ("", 0, "import.no_files")),
    "not UTF-8": ({"staff.csv": "name\nA\n鈴木\n".encode("cp932")}, ("staff.csv", 3, "import.not_utf8")),
    "too large": ({"staff.csv": b"x" * (LARGEST + 1)}, ("staff.csv", 0, "import.too_large")),
    "a quote that never ends": ({"staff.csv": 'name\n"A\n'}, ("staff.csv", 0, "import.not_csv")),
    "empty file": ({"staff.csv": ""}, ("staff.csv", 1, "import.no_column")),
    "no name column": ({"staff.csv": "order\n1\n"}, ("staff.csv", 1, "import.no_column")),
    "unknown column": ({"staff.csv": "name,wage\nA,1\n"}, ("staff.csv", 1, "import.unknown_column")),
    "column twice": ({"staff.csv": "name,name\nA,B\n"}, ("staff.csv", 1, "import.column_twice")),
    "too few fields": ({"staff.csv": "name,order\nA\n"}, ("staff.csv", 2, "import.columns")),
    "no name": ({"staff.csv": "name,order\n,1\n"}, ("staff.csv", 2, "import.missing")),
    "long name": ({"staff.csv": f"name\n{'A' * 81}\n"}, ("staff.csv", 2, "import.too_long")),
    "same name": ({"staff.csv": "name\nA\nB\nA\n"}, ("staff.csv", 4, "import.twice")),
    "bad number": ({"staff.csv": "name,weekly_minutes\nA,-5\n"}, ("staff.csv", 2, "import.bad_number")),
    "bad type": ({"staff.csv": "name,staff_type\nA,boss\n"}, ("staff.csv", 2, "import.bad_word")),
    "bad date": ({"staff.csv": "name,employed_to\nA,2027-02-30\n"}, ("staff.csv", 2, "import.bad_date")),
    "dates crossed": (
        {"staff.csv": "name,employed_from,employed_to\nA,2027-02-01,2027-01-01\n"},
        ("staff.csv", 2, "import.dates_order"),
    ),
    "same date": (
        {"calendar.csv": "date,kind\n2027-01-01,must_off\n2027/1/1,must_work\n"},
        ("calendar.csv", 3, "import.twice"),
    ),
    "no date": ({"calendar.csv": "date,kind\n,must_off\n"}, ("calendar.csv", 2, "import.missing")),
    "bad kind": ({"calendar.csv": "date,kind\n2027-01-01,party\n"}, ("calendar.csv", 2, "import.bad_word")),
    "unknown member": ({"groups.csv": "group,members\nG,Known;Nobody\n"}, ("groups.csv", 2, "import.unknown_name")),
    "member twice": (
        {"groups.csv": "group,members,backup\nG,Known;Also,Known\n"},
        ("groups.csv", 2, "import.name_twice"),
    ),
    "group of one": ({"groups.csv": "group,members\nG,Known\n"}, ("groups.csv", 2, "import.small_group")),
    "same group": (
        {"groups.csv": "group,members\nG,Known;Also\nG,Known;Also\n"},
        ("groups.csv", 3, "import.twice"),
    ),
    "unknown asker": (
        {"requests.csv": "name,date,symbol\nNobody,2027-01-01,×\n"},
        ("requests.csv", 2, "import.unknown_name"),
    ),
    "unknown symbol": (
        {"requests.csv": "name,date,symbol\nKnown,2027-01-01,?\n"},
        ("requests.csv", 2, "import.bad_word"),
    ),
    "bad weight": (
        {"requests.csv": "name,date,symbol,weight\nKnown,2027-01-01,×,0\n"},
        ("requests.csv", 2, "import.bad_number"),
    ),
    "same request": (
        {"requests.csv": "name,date,symbol\nKnown,2027-01-01,×\nKnown,2027-01-01,off\n"},
        ("requests.csv", 3, "import.twice"),
    ),
    "not employed": (
        {
            "staff.csv": "name,employed_to\nNew,2026-12-31\n",
            "requests.csv": "name,date,symbol\nNew,2027-01-01,×\n",
        },
        ("requests.csv", 2, "import.not_employed"),
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_line_is_named(case: str) -> None:
    files, expected = BAD[case]
    assert problems(files) == [expected]


def test_problems_come_in_the_order_of_files_and_lines() -> None:
    files: dict[str, str | bytes] = {
        "requests.csv": "name,date,symbol\nNobody,2027-01-01,×\n",
        "staff.csv": "name,employed_to\nA,soon\nA,never\n",
    }
    assert [(file, line) for file, line, _ in problems(files)] == [
        ("staff.csv", 2), ("staff.csv", 3), ("staff.csv", 3), ("requests.csv", 2),
    ]  # fmt: skip


def test_names_tie_the_files_together_and_other_files_are_left_alone() -> None:
    folder = read(
        {
            "folder/staff.csv": "name\nNew\n",
            "folder/groups.csv": "group,members,backup\nG,New;Known,Also\n",
            "folder/requests.csv": "name,date,symbol,wanted,weight,note\nNew,2027-01-01,off,no,20,please\n",
            "folder/README.md": "hello",
        }
    )
    assert folder.problems == ()
    assert folder.ignored == ("README.md",)
    asked = folder.requests[0]
    assert (asked.name, asked.day, asked.shift.symbol, asked.wanted, asked.weight, asked.note) == (
        "New", date(2027, 1, 1), "×", False, 20, "please",
    )  # fmt: skip


def test_what_cannot_be_seen_is_left_out() -> None:
    assert read({"staff.csv": "name\nA\u200bn\x00n\u202e\n"}).staff[0].name == "Ann"


@given(some.binary(max_size=400) | some.text(max_size=400).map(str.encode))
def test_whatever_bytes_come_there_is_an_answer_and_never_a_traceback(content: bytes) -> None:
    for name in ("staff.csv", "calendar.csv", "groups.csv", "requests.csv"):
        read({name: content})
        read({name: b"name,date,symbol,group,members,kind\n" + content})

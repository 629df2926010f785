"""Instances of Curtois and Qu: read into the rules there are, priced as the format says, bad lines told."""

from __future__ import annotations

import json
import random
from itertools import pairwise

import pytest

from solver.check import Checker
from solver.errors import BadFile
from solver.formats import curtois_qu, read_problem, read_roster, write_roster
from solver.grid import Grid
from solver.run import Limits
from solver.search import solve
from solver.start import start
from solver.watch import roster_of

WARD = """\
# a ward of five: early, late and night
SECTION_HORIZON
14

SECTION_SHIFTS
E,480,
L,480,E
N,600,E|L

SECTION_STAFF
ann,E=14|L=14|N=0,4320,2880,5,2,2,1
bo,E=14|L=3|N=4,4320,2880,4,2,2,2
cy,E=0|L=14|N=14,5000,2400,5,3,3,2
di,E=14|L=14|N=2,4320,2880,5,2,2,1
ed,E=14|L=14|N=14,4320,0,6,1,1,0

SECTION_DAYS_OFF
ann,0
bo,5,9
cy,13

SECTION_SHIFT_ON_REQUESTS
ann,2,E,2
bo,7,N,30
di,9,L,3

SECTION_SHIFT_OFF_REQUESTS
cy,4,L,3
di,12,E,1

SECTION_COVER
""" + "\n".join(f"{day},{shift},{need},{100 if day else 0},{need}" for day in range(14) for shift, need in
                (("E", 1), ("L", 2 - day % 2), ("N", day % 3 // 2)))  # fmt: skip


def priced(rows: dict[str, list[str | None]]) -> tuple[int, bool]:
    """Cost of a roster of ``WARD``, and whether it keeps the hard rules, from the words of the format alone."""
    section, legal, cost = "", True, 0
    minutes = {"E": 480, "L": 480, "N": 600}
    for line in WARD.splitlines():
        if not line or line[0] == "#":
            continue
        if line.startswith("SECTION_"):
            section = line
            continue
        field = line.split(",")
        match section:
            case "SECTION_SHIFTS":
                for row in rows.values():
                    legal &= not any(a == field[0] and b and b in field[2].split("|") for a, b in pairwise(row))
            case "SECTION_STAFF":
                row = rows[field[0]]
                high, low, longest, shortest, rest, weekends = map(int, field[2:])
                legal &= all(row.count(part[0]) <= int(part[2:]) for part in field[1].split("|"))
                legal &= low <= sum(minutes[shift] for shift in row if shift) <= high
                legal &= sum(bool(row[day] or row[day + 1]) for day in (5, 12)) <= weekends
                worked = "".join("#" if shift else " " for shift in row)
                legal &= "#" * (longest + 1) not in worked
                legal &= runs_long_enough(worked, "#", shortest) and runs_long_enough(worked, " ", rest)
            case "SECTION_DAYS_OFF":
                legal &= not any(rows[field[0]][int(day)] for day in field[1:])
            case "SECTION_SHIFT_ON_REQUESTS":
                cost += int(field[3]) * (rows[field[0]][int(field[1])] != field[2])
            case "SECTION_SHIFT_OFF_REQUESTS":
                cost += int(field[3]) * (rows[field[0]][int(field[1])] == field[2])
            case "SECTION_COVER":
                have = sum(row[int(field[0])] == field[1] for row in rows.values())
                need, under, over = map(int, field[2:])
                cost += under * max(0, need - have) + over * max(0, have - need)
            case _:
                pass
    return cost, legal


def runs_long_enough(worked: str, mark: str, least: int) -> bool:
    """Whether each run of ``mark`` between two other days has ``least`` days."""
    other = " " if mark == "#" else "#"
    return not any(other + mark * length + other in worked for length in range(1, least))


def random_row(chance: random.Random) -> list[str | None]:
    """Runs of work and of rest, some of them too short or too long."""
    row: list[str | None] = []
    while len(row) < 14:
        row += [chance.choice("EELLN")] * chance.choice((1, 2, 3, 4, 5, 6)) + [None] * chance.choice((1, 2, 2, 3))
    return row[:14]


def test_a_roster_costs_what_the_format_says():
    problem = curtois_qu.read_problem(WARD)
    legal = 0
    for draw in range(400):
        chance = random.Random(draw)
        rows = {name: random_row(chance) for name in problem.index.ids}
        checker = Checker(problem, curtois_qu.read_roster(problem, json.dumps(rows)))
        cost, keeps = priced(rows)
        assert (checker.cost, checker.hard == 0, checker.undecided) == (cost, keeps, 0)
        legal += keeps
    assert legal == 0, "five random rows together break something; single rows are judged below"


@pytest.mark.parametrize("person", ["ann", "bo", "cy", "di", "ed"])
def test_a_row_is_legal_where_the_format_says_so(person):
    """Against a roster whose other rows are legal, so that both answers come up."""
    problem = curtois_qu.read_problem(WARD)
    best = curtois_qu.write_roster(solve(problem, Limits(seconds=20)).roster)
    assert priced(best)[1]
    seen = set()
    for draw in range(1500):
        rows = best | {person: random_row(random.Random(draw))}
        cost, keeps = priced(rows)
        checker = Checker(problem, curtois_qu.read_roster(problem, json.dumps(rows)))
        assert (checker.cost, checker.hard == 0) == (cost, keeps)
        seen.add(keeps)
    assert False in seen


def test_the_first_roster_is_legal_where_no_change_of_a_cell_leads_to_one():
    """Everybody must work runs of two days at least and six days in all; all begin with rest."""
    grid = Grid(curtois_qu.read_problem(WARD))
    grid.post()
    for seed in range(5):
        state = start(grid, seed, lambda: False)
        assert state.feasible
        assert priced(curtois_qu.write_roster(roster_of(grid, state.codes))) == (state.cost, True)


def test_an_instance_is_solved_and_its_roster_goes_out_and_in(tmp_path):
    file, out = tmp_path / "ward.txt", tmp_path / "roster.json"
    file.write_text(WARD.replace("\n", "\r\n"), encoding="utf-8")
    problem = read_problem(file, "curtois-qu")
    outcome = solve(problem, Limits(seconds=20))
    assert outcome.status == "optimal"
    write_roster(outcome.roster, out, "curtois-qu")
    assert priced(json.loads(out.read_text())) == (outcome.cost, True)
    assert read_roster(problem, out, "curtois-qu") == outcome.roster


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("SECTION_HORIZON\n14", "14", "line 2: expected SECTION_HORIZON, found '14'"),
        ("SECTION_HORIZON\n14", "SECTION_HORIZON", "line 73: expected SECTION_HORIZON with a line"),
        ("SECTION_COVER", "SECTION_COVERS", "line 31: expected one of SECTION_HORIZON, "),
        ("\n14\n", "\nfour\n", "line 3: expected a whole number from 1, found 'four' (DAYS)"),
        ("L,480,E\n", "L,480\n", "line 7: expected ID,MINUTES,SHIFTS, found 2 fields"),
        ("L,480,E\n", "E,480,\n", "line 7: expected a name that is not taken, found 'E'"),
        ("L,480,E\n", "L,480,X\n", "line 7: expected one of E, L, N, found 'X'"),
        ("N=0,4320,2880", "N=0,2880,4320", "line 11: expected a whole number from 4320, found '2880'"),
        ("ann,E=14|", "ann,E:14|", "line 11: expected NAME=NUMBER, found 'E:14'"),
        ("bo,5,9", "bo,5,14", "line 19: expected a day from 0 to 13, found 14"),
        ("ann,2,E,2", "jo,2,E,2", "line 23: expected one of ann, bo, cy, di, ed, found 'jo'"),
        ("ann,2,E,2", "ann,2,E,-2", "line 23: expected a whole number from 0, found '-2' (ID,DAY,SHIFT,WEIGHT)"),
        ("\n0,L,", "\n0,E,", "expected the cover of E on day 0 once"),
    ],
)  # fmt: skip
def test_a_bad_line_is_told_with_what_was_expected(tmp_path, old, new, told):
    assert old in WARD
    file = tmp_path / "bad.txt"
    file.write_text(WARD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadFile) as caught:
        read_problem(file, "curtois-qu")
    assert told in str(caught.value)
    assert str(caught.value).startswith(f"{file}: line ")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ('{"ann": [null]}', "expected a row for each person, found none for 'bo'"),
        ('{"ann": []}', "found none for 'bo'"),
        ("[]", "expected a JSON object"),
        ("{", "expected JSON"),
    ],
)
def test_a_bad_roster_is_told(tmp_path, content, told):
    file = tmp_path / "roster.json"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(BadFile, match=told):
        read_roster(curtois_qu.read_problem(WARD), file, "curtois-qu")

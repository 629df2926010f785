"""A ward whose rows are hard, and rosters of it."""

from __future__ import annotations

import random

from solver.formats import curtois_qu
from solver.grid import Grid
from solver.rowwise import Rowwise
from tests.solver.test_curtois_qu import WARD


def ward(draw: int) -> Rowwise:
    """A ward whose cover asks for more or less."""
    chance = random.Random(draw)
    head, cover = WARD.split("SECTION_COVER\n")
    lines = (line.split(",") for line in cover.split())
    drawn = (f"{day},{shift},{chance.randint(0, 2)},{under},1" for day, shift, _, under, _ in lines)
    grid = Grid(curtois_qu.read_problem(head + "SECTION_COVER\n" + "\n".join(drawn)))
    grid.post()
    return Rowwise(grid)


def resting(rows: Rowwise) -> list[int]:
    return [left[-1] for left in rows.grid.left]


def legal_roster(rows: Rowwise, draw: int) -> list[int]:
    codes = resting(rows)
    rows.descend(codes, random.Random(draw), lambda: False)
    return codes

"""A row on its way to the page: most cells differ in their shift alone, so their marks are written once.

A row is three characters a cell, ``shift flags request``, and then ``|off half days|early|work days|minutes``. On the
wire it is ``shifts|off half days|early|work days|minutes|marks``, where marks are the two characters ``flags request``
that most cells have, and then three for each cell that has others: its place, counted from ``FIRST``, and its own two.
The page turns it back (``shiftapp.ui.components.sheet.row_text``).
"""

from collections import Counter
from collections.abc import Sequence
from typing import Final

FIRST: Final = 35
"""Code of the character of the first day: 92 days end with the last printable character, without quotation marks."""
TOTALS: Final = 4


def pack(cells: Sequence[str], totals: Sequence[int]) -> str:
    """Write a row.

    Parameters
    ----------
    cells : sequence of str
        Three characters each, at most 92 cells.
    totals : sequence of int
        Half days off, early shifts, days worked, minutes.
    """
    usual = Counter(cell[1:] for cell in cells).most_common(1)[0][0] if cells else ""
    others = "".join(chr(FIRST + place) + cell[1:] for place, cell in enumerate(cells) if cell[1:] != usual)
    return "|".join(("".join(cell[0] for cell in cells), *map(str, totals), usual + others))


def unpack(text: str) -> str:
    """Return the row that `pack` wrote: three characters a cell, then its totals."""
    shifts, *rest = text.split("|", TOTALS + 1)
    totals, marks = rest[:-1], rest[-1]
    own = {ord(marks[at]) - FIRST: marks[at + 1 : at + 3] for at in range(2, len(marks), 3)}
    cells = (shift + own.get(place, marks[:2]) for place, shift in enumerate(shifts))
    return "|".join(("".join(cells), *totals))

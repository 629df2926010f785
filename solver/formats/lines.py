"""On which line of a JSON text a value is, so that whoever wrote the file finds it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

SPACE = re.compile(r"[ \t\r\n]*")
PATH = re.compile(r"[A-Za-z_]\w*(?:\.\w+|\[[^\]]*\])*(?=: | \()")
DECODER = json.JSONDecoder()

Step = str | int


def line_of(text: str, steps: Sequence[Step]) -> int:
    """Return the line, from 1, of the value that ``steps`` lead to; a step that leads nowhere is left out.

    Parameters
    ----------
    text : str
        Valid JSON.
    steps : sequence of str or int
        Keys of objects and positions in lists, from the whole text inwards.
    """
    place = _skip(text, 0)
    for step in steps:
        place = next((value for name, value in _children(text, place) if name == str(step)), place)
    return text.count("\n", 0, place) + 1


def steps_of(message: str) -> list[Step]:
    """Return the steps with which a message such as ``before[ann]: …`` or ``rules[2] (nights): …`` begins."""
    path = PATH.match(message)
    return [] if path is None else [step for step in re.split(r"[.\[\]]+", path[0]) if step]


def _children(text: str, place: int) -> Iterator[tuple[str, int]]:
    """Yield the name, or the position, of each part of an object or list and where the part begins."""
    opened = text[place]
    if opened not in "{[":
        return
    place, number = _skip(text, place + 1), 0
    while text[place] not in "}]":
        name = str(number)
        if opened == "{":
            name, place = DECODER.raw_decode(text, place)
            place = _skip(text, _skip(text, place) + 1)
        yield name, place
        place = _skip(text, DECODER.raw_decode(text, place)[1])
        place, number = _skip(text, place + (text[place] == ",")), number + 1


def _skip(text: str, place: int) -> int:
    """Return the next place that is not white space."""
    found = SPACE.match(text, place)
    return place if found is None else found.end()

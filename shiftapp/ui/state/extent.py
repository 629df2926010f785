"""How far a change reaches, for the words that tell of it."""

from collections.abc import Sequence
from typing import Any

from shiftapp.domain.edit import PatchCell


def extent(cells: Sequence[PatchCell]) -> dict[str, Any]:
    """Return how many ``cells`` of how many ``people``, the ``staff`` id of one, ``first`` and ``last`` date."""
    days = sorted(cell.day for cell in cells)
    return {
        "cells": len(cells),
        "people": len({cell.staff_id for cell in cells}),
        "staff": str(cells[0].staff_id) if cells else "",
        "first": days[0].isoformat() if days else "",
        "last": days[-1].isoformat() if days else "",
    }

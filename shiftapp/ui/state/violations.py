"""What the roster breaks."""

import reflex as rx

from shiftapp.ui.state.live import Live, live

SLOTS = 120


@live
class ViolationState(Live, rx.State):
    """The list beside the grid, in the encoding of ``shiftapp.live.broken``.

    ``lines`` orders the slots ``v000`` … ``v119``; ``count``, ``hard``, ``cost`` and ``undecided`` are of the whole
    roster, also where not every violation has a slot.
    """

    lines: str = ""
    count: int = 0
    hard: int = 0
    cost: int = 0
    undecided: int = 0


for _slot in range(SLOTS):
    ViolationState.add_var(f"v{_slot:03}", list[str], [])

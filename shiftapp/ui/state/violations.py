"""What the roster breaks."""

import reflex as rx

from shiftapp.ui.state.live import Live, live

SLOTS = 120


@live
class ViolationState(Live, rx.State):
    """The list beside the grid, in the encoding of ``shiftapp.live.lines``.

    ``labels`` names the rules that the slots ``v000`` … ``v119`` point to; ``sums`` is ``count,cost,hard,undecided`` of
    the whole roster, also where not every violation has a slot.
    """

    labels: rx.Field[list[list[str]]] = rx.field(default_factory=list)
    sums: str = "0,0,0,0"


for _slot in range(SLOTS):
    ViolationState.add_var(f"v{_slot:03}", str, "")

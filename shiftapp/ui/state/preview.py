"""What a run would change."""

import reflex as rx

from shiftapp.ui.state.grid import SLOTS
from shiftapp.ui.state.live import Live, live


@live
class PreviewState(Live, rx.State):
    """What a run found, a character a day in ``p000`` … ``p199``: a shift letter, ``.`` where nothing changes.

    Once it is final, ``after`` says what it breaks, as lines of ``shiftapp.live.lines`` (the worst of ``after_count``,
    -1 before), and ``outside`` on which days the number of people off is outside its limits.
    """

    after: rx.Field[list[str]] = rx.field(default_factory=list)
    after_count: int = -1
    outside: str = ""


for _slot in range(SLOTS):
    PreviewState.add_var(f"p{_slot:03}", str, "")

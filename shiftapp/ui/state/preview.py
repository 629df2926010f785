"""What a run would change."""

import reflex as rx

from shiftapp.ui.state.grid import SLOTS
from shiftapp.ui.state.live import Live, live


@live
class PreviewState(Live, rx.State):
    """What a run found, a character a day in ``p000`` … ``p199``: a shift letter, ``.`` where nothing changes."""


for _slot in range(SLOTS):
    PreviewState.add_var(f"p{_slot:03}", str, "")

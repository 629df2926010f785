"""Which period is on the page, and which lie before and after."""

import reflex as rx

from shiftapp.ui.state.live import Live, live


@live
class ToolbarState(Live, rx.State):
    """The period's dates (ISO) and state; ``previous`` and ``following`` are period ids, 0 where there is none."""

    name: str = ""
    starts: str = ""
    ends: str = ""
    state: str = ""
    previous: int = 0
    following: int = 0
    team: str = ""
    may_edit: bool = False
    may_see_history: bool = False
    may_generate: bool = False

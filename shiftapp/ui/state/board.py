"""Boards: pages that show one thing of the team as it is, changed by anybody, seen by all at once."""

import reflex as rx

from shiftapp.domain.refusal import Refused
from shiftapp.domain.visitor import Visitor
from shiftapp.services import boards
from shiftapp.ui.state.live import Live


class Board(Live, rx.State, mixin=True):
    """A state fed by the team's room of a board: inherit from this first, then from ``rx.State``.

    ``removed`` says who took away what the page lists, by its id, as far as the latest removal was told here.
    """

    ready: bool = False
    may_edit: bool = True
    removed: rx.Field[dict[str, str]] = rx.field(default_factory=dict)

    async def _join(self, who: Visitor, board: boards.Board, period_id: int = 0) -> Refused | None:
        """Enter the room and show what is there: on every load and every reconnect."""
        return await boards.join_board(who, self.router.session.session_id, board, period_id)

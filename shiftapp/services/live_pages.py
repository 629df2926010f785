"""Everything that keeps the open pages of a server current, behind one door: the server's start opens it."""

import contextlib
from collections.abc import AsyncGenerator

from shiftapp.live import rooms
from shiftapp.live.hub import Hub
from shiftapp.services import boards, run_feed, visitors
from shiftapp.services.live_period import live_periods
from shiftapp.store.accounts import ACCOUNT_CHANNEL
from shiftapp.store.runs import CHANNEL as RUN_CHANNEL


@contextlib.asynccontextmanager
async def live_pages() -> AsyncGenerator[Hub, None]:
    """Follow periods, runs, boards and accounts for as long as the block lasts.

    The database is bound, and the app's sockets are attached to the rooms.
    """

    async def reconnected() -> None:
        await run_feed.runs_missed()
        await boards.boards_missed()
        await visitors.accounts_missed()

    async with live_periods(
        rooms.broadcast_all,
        rooms.occupied,
        channels={RUN_CHANNEL: run_feed.run_heard, ACCOUNT_CHANNEL: visitors.account_heard},
        team_changed=boards.team_changed,
        reconnected=reconnected,
    ) as hub:
        yield hub

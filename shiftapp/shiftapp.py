"""The app: pages, routes and what runs beside them. Wiring only."""

import asyncio
import gc
import sys
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from functools import partial

import reflex as rx
from reflex.utils.exec import is_prod_mode

from shiftapp.commands.page import built_page
from shiftapp.errors import CannotStart
from shiftapp.http import api
from shiftapp.jobs.worker import worker
from shiftapp.live import rooms
from shiftapp.services import uploads, visitors
from shiftapp.services.boards import boards_missed, team_changed
from shiftapp.services.conflict_feed import conflict_heard, conflicts_missed
from shiftapp.services.live_period import live_periods
from shiftapp.services.presence import heartbeat, presence_heard, presence_missed
from shiftapp.services.run_feed import run_heard, runs_missed
from shiftapp.services.undo import steps_missed
from shiftapp.settings import settings
from shiftapp.store import accounts, conflicts, presence, runs
from shiftapp.store.database import Database, bind
from shiftapp.store.prepare import prepare
from shiftapp.ui import drain, fan_out
from shiftapp.ui.components.connection import connection
from shiftapp.ui.door import guard
from shiftapp.ui.pages import imports, login, missing, schedule, setup
from shiftapp.ui.pages.boards import BOARDS
from shiftapp.ui.state import live
from shiftapp.ui.state.accounts import SetupState, SignInState
from shiftapp.ui.state.grid import GridState
from shiftapp.ui.state.imports import ImportState
from shiftapp.ui.state.past import PastState
from shiftapp.ui.theme import STYLESHEETS, head


def own_worker(dsn: str) -> AbstractAsyncContextManager[None]:
    """Return the worker inside this server, or nothing where all work is left to workers elsewhere."""
    at_once = settings().runs_at_once
    return nullcontext() if at_once == 0 else worker(dsn, at_once)


@asynccontextmanager
async def beside() -> AsyncIterator[None]:
    """Everything that runs beside the pages, opened before the first request.

    Nothing here is needed for a clean end: a server may be killed at any moment.
    """
    try:
        dsns = await asyncio.to_thread(prepare, settings())
    except CannotStart as refused:
        sys.stderr.write(f"shiftapp: {refused}\n")
        raise SystemExit(1) from None
    opened = await Database.open(dsns.app, settings().pool_size)
    bind(opened)
    # What stands now stays: the collector need not walk it while clients wait (p95 at 500 clients: 204 → 50 ms).
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
    gc.enable()
    drain.on_signal(app)
    try:
        async with (
            live_periods(
                rooms.broadcast_all,
                rooms.occupied,
                channels={
                    runs.CHANNEL: run_heard,
                    accounts.ACCOUNT_CHANNEL: visitors.account_heard,
                    presence.CHANNEL: presence_heard,
                    conflicts.CHANNEL: conflict_heard,
                },
                team_changed=team_changed,
                reconnected=(
                    visitors.accounts_missed,
                    runs_missed,
                    boards_missed,
                    steps_missed,
                    conflicts_missed,
                    presence_missed,
                ),
            ),
            own_worker(opened.dsn),
            heartbeat(),
        ):
            sweeps = [asyncio.create_task(swept) for swept in (visitors.sweep(door.sessions), uploads.sweep())]
            yield
            for sweep in sweeps:
                sweep.cancel()
    finally:
        await opened.close()


OVERLAY = (5, "Overlay")
"""Where Reflex would draw, in English, that the line is down."""

around = partial(
    api.around,
    api=api.build(),
    built=built_page() if is_prod_mode() else None,
    secure=settings().address.startswith("https://"),
)
app = rx.App(stylesheets=STYLESHEETS, head_components=head(), html_lang="ja", api_transformer=[around])
app.app_wraps[OVERLAY] = connection
door = guard(app)
app.register_lifespan_task(beside)
live.attach(app)
fan_out.install(app.sio)
opening = [GridState.open, PastState.resume]  # pyright: ignore[reportAttributeAccessIssue]
for route in schedule.ROUTES:
    app.add_page(schedule.schedule, route=route, title="shiftapp", on_load=opening)
for board, route, opened in BOARDS:
    app.add_page(board, route=route, title="shiftapp", on_load=opened)
app.add_page(imports.imports, route=imports.ROUTE, title="shiftapp", on_load=ImportState.open)
app.add_page(login.login, route=login.ROUTE, title="shiftapp", on_load=SignInState.open)
app.add_page(missing.missing, route=missing.ROUTE, title="shiftapp")
app.add_page(setup.setup, route=setup.ROUTE, title="shiftapp", on_load=SetupState.open)

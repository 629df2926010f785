"""The end of a server that others stand beside: its pages go there one by one, with everything they had asked.

Asked by SIGUSR1, which ``serve`` passes on when it is asked to end. From then on ``/health`` and every new socket are
answered with 503, so that a proxy takes another server. A page whose line ends connects again by itself; it finds the
same period on any server.
"""

import asyncio
import random
import signal
from contextlib import suppress
from typing import Final

import reflex as rx

from shiftapp.live import draining
from shiftapp.ui.fan_out import hang_up

SPREAD: Final = 3.0
"""Seconds over which many pages are sent away, so that they do not all arrive elsewhere at once."""
PAUSE: Final = 0.01
"""Seconds between two pages at most."""
IN_HAND: Final = 2.0
"""Seconds that what a page has asked may still take."""


def on_signal(app: rx.App) -> None:
    """Drain this process when it is sent SIGUSR1; call it in the running loop of the main thread."""
    tasks: set[asyncio.Task[None]] = set()

    def begin() -> None:
        if not tasks:
            tasks.add(asyncio.create_task(drain(app)))

    with suppress(RuntimeError, ValueError):  # under `reflex run` the loop may be in another thread: nobody asks there
        asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, begin)


async def drain(app: rx.App) -> None:
    """Take no new sockets, and let go of those there are; return when none is left."""
    namespace = app.event_namespace
    assert namespace is not None
    draining.begin(lambda: len(namespace.sid_to_token))
    while sids := list(namespace.sid_to_token):
        random.shuffle(sids)
        pause = min(PAUSE, SPREAD / len(sids))
        goodbyes = []
        for sid in sids:
            goodbyes.append(asyncio.create_task(_let_go(app, sid)))
            await asyncio.sleep(pause)
        await asyncio.gather(*goodbyes)
        await asyncio.sleep(PAUSE)


async def _let_go(app: rx.App, sid: str) -> None:
    """Hang up once a page has its answers."""
    namespace, server = app.event_namespace, app.sio
    assert namespace is not None
    assert server is not None
    waiting = app.event_processor._token_queues
    with suppress(TimeoutError):
        async with asyncio.timeout(IN_HAND):
            while namespace.sid_to_token.get(sid) in waiting:  # noqa: ASYNC110  Reflex tells nobody
                await asyncio.sleep(PAUSE)
    engine_sid = server.manager.eio_sid_from_sid(sid, namespace.namespace)
    if (socket := server.eio.sockets.get(engine_sid)) is not None:
        hang_up(socket)

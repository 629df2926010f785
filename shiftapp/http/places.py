"""Who may use the solver over HTTP, how many at once, and what happens when they hang up."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any, Final

from fastapi import Request

from shiftapp.domain.permission import Action
from shiftapp.http.callers import refuse_other_sites, refuse_without_right, visitor_of
from shiftapp.http.errors import ApiError, Detail, ErrorBody
from shiftapp.services.solving import SolverDied
from shiftapp.settings import LOOPBACK, settings
from solver.run import Stop

SLOTS: Final = 2
"""Searches at once over HTTP, each in a process of its own; the queue of runs has its own limit."""

REFUSALS: Final[dict[int | str, dict[str, Any]]] = {
    status: {"model": ErrorBody, "description": why}
    for status, why in (
        (400, "not JSON"),
        (401, "not signed in"),
        (413, "larger than 8 MB"),
        (422, "not a problem: each detail names a field"),
        (503, "all places are taken; `Retry-After` says when to ask again"),
    )
}

_taken: Final[list[float]] = []
"""When each search that is going on will have ended, by the loop's clock."""

_WHY_DIED: Final = {
    "memory": "The problem needs more memory than one search may use. Solve fewer people or days at a time.",
    "killed": "The search was ended from outside. Ask again.",
    "crashed": "The search failed. The fault is ours and is in the server's log.",
}


async def may_optimize(request: Request) -> None:
    """Let in who is signed in with the right to it, and on a loopback address everybody.

    Raises
    ------
    ApiError
        401 or 403.
    """
    refuse_other_sites(request)
    if is_open():
        return
    who = await visitor_of(request)
    if who is None:
        raise ApiError(401, "not_signed_in", "Sign in first, or start the server with SHIFTAPP_OPEN_API=true.")
    await refuse_without_right(request, who, Action.OPTIMIZE, "Your role has no right to use the solver.")


def is_open() -> bool:
    """Say whether the solver answers without a session: as set, else where only this machine can reach it."""
    chosen = settings().open_api
    return settings().host in (*LOOPBACK, "::1") and settings().public_url is None if chosen is None else chosen


@asynccontextmanager
async def place(request: Request, seconds: float) -> AsyncGenerator[Stop]:
    """Take a place for so long at most; the stop is pulled when the client goes away.

    Raises
    ------
    ApiError
        503 where all places are taken, 500 where the solver's process died.
    """
    async with _slot(seconds), _hung_up(request) as stop:
        try:
            yield stop
        except SolverDied as died:
            raise ApiError(500, "solver_died", _WHY_DIED.get(died.reason, _WHY_DIED["crashed"])) from died


@asynccontextmanager
async def _slot(seconds: float) -> AsyncGenerator[None]:
    """Take one of the places, or say when one will be free."""
    now = asyncio.get_running_loop().time()
    if len(_taken) >= SLOTS:
        wait = max(1, round(min(_taken) - now))
        raise ApiError(
            503,
            "busy",
            f"{SLOTS} searches are going on already. Ask again in {wait} s.",
            [Detail(where="server", what=f"free in about {wait} s")],
            {"retry-after": str(wait)},
        )
    ends = now + seconds
    _taken.append(ends)
    try:
        yield
    finally:
        _taken.remove(ends)


@asynccontextmanager
async def _hung_up(request: Request) -> AsyncGenerator[Stop]:
    """Give a stop that is pulled when the client goes away."""
    stop = Stop()

    async def listen() -> None:
        while (await request.receive())["type"] != "http.disconnect":
            pass
        stop.cancel()

    listening = asyncio.create_task(listen())
    try:
        yield stop
    finally:
        listening.cancel()

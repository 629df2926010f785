"""A process started before a question is asked answers it, once, and is not kept for ever."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

import psutil
import pytest

from shiftapp.services import solving
from shiftapp.services.questions import WhyNot
from shiftapp.services.solver_process import Spare
from solver.run import Limits, Stop
from solver.search import solve
from tests.problems import problem
from tests.services.solver_children import child, children

SMALL = problem(6, 14)


@contextlib.asynccontextmanager
async def kept(seconds: float = 60) -> AsyncIterator[Spare]:
    """A spare process, ended afterwards."""
    spare = Spare(solving.MEMORY_MB, seconds)
    await spare.prepare()
    try:
        yield spare
    finally:
        spare.discard()


def question() -> WhyNot:
    """Whether the first person might hold another shift on the first day."""
    roster = solve(SMALL, Limits(2, 1, 0)).roster
    assert roster is not None
    rows = {name: tuple(row) for name, row in roster.rows().items()}
    person = SMALL.index.ids[0]
    other = next(shift for shift in SMALL.index.shift if shift != rows[person][0])
    return WhyNot(seconds=2, roster=rows, person=person, day=0, shift=other)


async def gone(process: psutil.Process) -> None:
    """Wait until a process has ended."""
    with contextlib.suppress(psutil.NoSuchProcess):
        async with asyncio.timeout(10):
            while process.is_running() and process.status() != psutil.STATUS_ZOMBIE:  # noqa: ASYNC110  nobody tells
                await asyncio.sleep(0.02)


async def ask(spare: Spare) -> dict[str, object] | None:
    return await solving.ask_child(SMALL, question(), Stop(), spare=spare)


async def test_a_process_started_before_answers_the_question():
    async with kept() as spare:
        waiting = (await child()).pid
        asking = asyncio.create_task(ask(spare))
        while not asking.done():
            assert {one.pid for one in children()} <= {waiting}
            await asyncio.sleep(0.01)
        answer = asking.result()
        assert answer is not None
        assert answer["status"] in ("possible", "clash")
    assert not children()


async def test_two_questions_at_once_have_a_process_each():
    async with kept() as spare:
        assert None not in await asyncio.gather(ask(spare), ask(spare))


async def test_preparing_again_starts_no_second_one():
    async with kept() as spare:
        await asyncio.gather(spare.prepare(), spare.prepare())
        assert len(children()) == 1


async def test_a_process_that_nobody_needs_is_ended():
    async with kept(0.2):
        await gone(await child())


@pytest.mark.parametrize("noticed", [True, False])
async def test_a_process_that_died_while_it_waited_is_replaced(noticed: bool):
    """Also where its end is only seen once it has been asked: the loop had no turn in between."""
    asked = question()
    async with kept() as spare:
        dead = await child()
        dead.kill()
        if noticed:
            await gone(dead)
        answer = await solving.ask_child(SMALL, asked, Stop(), spare=spare)
        assert answer is not None


@pytest.mark.parametrize("times", [1, 2])
async def test_what_is_discarded_is_not_handed_over(times: int):
    async with kept() as spare:
        process = await child()
        for _ in range(times):
            spare.discard()
        assert spare.take() is None
        await gone(process)

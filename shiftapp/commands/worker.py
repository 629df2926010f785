"""``python -m shiftapp worker``: take runs from the queue, on this machine, for servers anywhere."""

import argparse
import asyncio
import signal
import sys
from contextlib import AsyncExitStack

from shiftapp.jobs.worker import places, worker
from shiftapp.settings import Settings
from shiftapp.store.database import Database, bind
from shiftapp.store.prepare import prepare

STOP_SECONDS = 5.0
"""What a stop may take: runs in hand go back to the queue with their best rosters."""
CONNECTIONS = 8


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "--at-once", type=_count, default=places(), metavar="N", help="runs at once, all but one core: %(default)s here"
    )


def run(settings: Settings, arguments: argparse.Namespace) -> int:
    """Work until a signal; returns the exit status."""
    dsns = prepare(settings)
    return asyncio.run(_work(dsns.app, arguments.at_once))


def _count(text: str) -> int:
    count = int(text)
    if not 1 <= count <= 256:
        raise argparse.ArgumentTypeError("expected a number from 1 to 256")
    return count


async def _work(dsn: str, at_once: int) -> int:
    asked = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, asked.set)
    stack = AsyncExitStack()
    opened = await Database.open(dsn, CONNECTIONS)
    stack.push_async_callback(opened.close)
    bind(opened)
    await stack.enter_async_context(worker(dsn, at_once))
    print(f"working on runs, {at_once} at once", flush=True)
    await asked.wait()
    try:
        async with asyncio.timeout(STOP_SECONDS):
            await stack.aclose()
    except TimeoutError:
        print("shiftapp: stopped in the middle: the runs in hand will be taken up by another worker", file=sys.stderr)
        return 1
    return 0

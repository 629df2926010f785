"""The solver's processes that this one has started."""

import asyncio
import contextlib

import psutil


def children() -> list[psutil.Process]:
    """The solver processes that this process started."""
    found = []
    for child in psutil.Process().children():
        with contextlib.suppress(psutil.Error):  # it may end while it is asked
            if "solving_child" in " ".join(child.cmdline()):
                found.append(child)
    return found


async def child() -> psutil.Process:
    """Wait for the solver's process."""
    async with asyncio.timeout(10):
        while not (found := children()):  # noqa: ASYNC110  nobody tells when a process starts
            await asyncio.sleep(0.02)
    return found[0]

"""A client that hangs up ends the search it asked for, whatever that is at: seen at a real socket."""

import asyncio
import json
import time
from contextlib import suppress
from urllib.parse import urlsplit

import psutil
import pytest

from tests.http.test_optimize import ENDLESS, searches
from tests.served import Served

AT_MOST = 3.0
"""Seconds until the process is gone; promised are two, and it takes half a one."""
PATHS = ["/optimize", "/explain"]


async def ask(served: Served, path: str) -> asyncio.StreamWriter:
    """Send a question that takes a minute; return the connection, on which nobody has read."""
    where = urlsplit(served.address)
    _, writer = await asyncio.open_connection(where.hostname, where.port)
    body = json.dumps({"problem": ENDLESS, "limits": {"seconds": 60}}).encode()
    head = f"POST {path} HTTP/1.1\r\nhost: {where.netloc}\r\ncontent-type: application/json\r\n"
    writer.write(f"{head}content-length: {len(body)}\r\n\r\n".encode() + body)
    await writer.drain()
    return writer


async def the_search(served: Served) -> psutil.Process:
    """Wait for the process; it is stopped, so that it neither ends by itself nor hears that it should."""
    async with asyncio.timeout(20):
        while not (found := searches(served)):  # noqa: ASYNC110  nobody tells when a process starts
            await asyncio.sleep(0.01)
    found[0].suspend()
    return found[0]


async def gone(process: psutil.Process, seconds: float) -> bool:
    """Wait until a process has ended; return whether it has within some seconds."""
    give_up = time.monotonic() + seconds
    with suppress(psutil.NoSuchProcess):
        while process.status() != psutil.STATUS_ZOMBIE:
            if time.monotonic() > give_up:
                return False
            await asyncio.sleep(0.02)
    return True


@pytest.mark.parametrize("path", PATHS)
async def test_the_process_of_who_hangs_up_is_gone_and_that_of_who_waits_is_not(served: Served, path: str) -> None:
    writer = await ask(served, path)
    process = await the_search(served)
    assert not await gone(process, AT_MOST), "control: nobody has hung up yet"
    writer.close()
    assert await gone(process, AT_MOST)

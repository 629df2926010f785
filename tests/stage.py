"""The served program with a database of its own and the demo kitchen, for what is measured or photographed."""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Browser, Playwright

from shiftapp.store import embedded
from shiftapp.store.database import Database, bind
from shiftapp.store.prepare import prepare_embedded
from tests.chromium import ADVICE, FLAGS, chromium
from tests.factories import Kitchen, demo_kitchen
from tests.served import Served, as_url


@dataclass(frozen=True)
class Stage:
    """What is there: the program, the demo kitchen, and the database as this process sees it (bound)."""

    served: Served
    kitchen: Kitchen
    database: Database


@asynccontextmanager
async def stage() -> AsyncIterator[Stage]:
    """Start a database with the settings of production and the program on it; leave nothing behind."""
    root = Path(tempfile.mkdtemp(prefix="shiftapp-stage-"))
    try:
        dsns = await asyncio.to_thread(lambda: prepare_embedded(embedded.start(root), "stage"))
        served = Served({"DATABASE_URL": as_url(dsns.owner)}, dsns=dsns)
        try:
            await asyncio.to_thread(served.wait_until_ready)
            database = await Database.open(dsns.app)
            demo = await demo_kitchen(database)
            bind(database)
            yield Stage(served, demo, database)
            bind(None)
            await database.close()
        finally:
            await asyncio.to_thread(served.end)
    finally:
        embedded.release(root)
        embedded.await_stop(root)
        shutil.rmtree(root)


async def launch(playwright: Playwright) -> Browser:
    """Start a Chromium."""
    path = await asyncio.to_thread(chromium)
    if path is None:
        raise SystemExit(ADVICE)
    return await playwright.chromium.launch(executable_path=path, args=list(FLAGS))

"""``python -m shiftapp setup-link``: print a new one-time link that makes the first account."""

import argparse
import asyncio
import sys

from shiftapp.services.first_run import first_run_link
from shiftapp.settings import Settings
from shiftapp.store.database import Database, bind
from shiftapp.store.prepare import prepare


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments: none."""


def run(settings: Settings, arguments: argparse.Namespace) -> int:
    """Print the link; returns the exit status."""
    link = asyncio.run(_link(prepare(settings).app, settings.address))
    if link is None:
        print(
            "shiftapp: there is an account already: sign in. Password forgotten? "
            "python -m shiftapp create-admin --email ADDRESS sets a new one.",
            file=sys.stderr,
        )
        return 1
    print(link)
    return 0


async def _link(dsn: str, address: str) -> str | None:
    opened = await Database.open(dsn)
    bind(opened)
    try:
        return await first_run_link(address)
    finally:
        await opened.close()

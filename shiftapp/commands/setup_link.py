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
    link = first_run(settings, prepare(settings).app)
    if link is None:
        print(
            "shiftapp: there is an account already: sign in. Password forgotten? "
            "python -m shiftapp create-admin --email ADDRESS sets a new one.",
            file=sys.stderr,
        )
        return 1
    print(link)
    return 0


def first_run(settings: Settings, dsn: str) -> str | None:
    """Make the one-time set-up link where nobody can sign in yet; None where somebody can."""

    async def link() -> str | None:
        opened = await Database.open(dsn, pool_size=2)
        bind(opened)
        try:
            return await first_run_link(settings.address)
        finally:
            bind(None)
            await opened.close()

    return asyncio.run(link())

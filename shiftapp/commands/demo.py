"""``python -m shiftapp demo``: the hotel kitchen, ready to be looked at. Nothing there is overwritten."""

import argparse
import asyncio
import secrets

from shiftapp.commands.import_folder import print_report
from shiftapp.domain.refusal import Refused
from shiftapp.domain.visitor import Language, Visitor
from shiftapp.errors import CannotStart
from shiftapp.importing.report import Report
from shiftapp.services.admin import AdminAsked, AdminMade, make_owner
from shiftapp.services.demo import create_demo
from shiftapp.services.owners import find_owner
from shiftapp.settings import Settings
from shiftapp.store.database import Database, bind
from shiftapp.store.prepare import Dsns, prepare

EMAIL = "demo@example.com"
TEAMS: dict[Language, str] = {"ja": "ホテル厨房（デモ）", "en": "Hotel kitchen (demo)"}
NAMES: dict[Language, str] = {"ja": "デモ", "en": "Demo"}


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--language", choices=("ja", "en"), default="ja", help="of a demo account: %(default)s")
    parser.epilog = (
        f"Where nobody has an account, or the first owner's team is in use, an account {EMAIL} with a team of its own "
        "is made and its password printed. An owner whose team is still empty gets the demo into that team."
    )


def run(settings: Settings, arguments: argparse.Namespace) -> int:
    """Make the demo; returns the exit status."""
    return asyncio.run(make_demo(prepare(settings), arguments.language))


async def make_demo(dsns: Dsns, language: Language) -> int:
    """Fill a team that is empty, or make one with an account; return the exit status."""
    for email in (EMAIL, None):
        owner, answer = await _fill(dsns.app, email)
        if owner is not None and isinstance(answer, Report):
            print(f"The demo kitchen is in the team of {owner.name}.")
            print_report(answer, owner.language)
            return 0
        if owner is not None and email == EMAIL:
            print(f"The demo kitchen is there already: sign in as {EMAIL}. Nothing was changed.")
            print(f"Password forgotten? python -m shiftapp create-admin --email {EMAIL} --team NAME sets a new one.")
            return 0
    password = await _make_account(dsns.owner, language)
    owner, answer = await _fill(dsns.app, EMAIL)
    if owner is None or isinstance(answer, Refused) or answer is None:
        raise CannotStart(f"The account {EMAIL} was made, but its team is in use: the demo was left out.")
    print_report(answer, language)
    print(f"Sign in as {EMAIL} with the password {password}")
    return 0


async def _fill(dsn: str, email: str | None) -> tuple[Visitor | None, Report | Refused | None]:
    """Fill the empty team of an owner; return who that is and what became of it."""
    opened = await Database.open(dsn, pool_size=5)
    bind(opened)
    try:
        owner = await find_owner(email)
        return owner, None if owner is None else await create_demo(owner)
    finally:
        bind(None)
        await opened.close()


async def _make_account(dsn: str, language: Language) -> str:
    """Make the demo's owner with a team of its own; return the password."""
    password = secrets.token_urlsafe(12)
    opened = await Database.open(dsn, pool_size=5)
    bind(opened)
    try:
        for team in (TEAMS[language], f"{TEAMS[language]} {secrets.token_hex(3)}"):
            if not await _taken(opened, team):
                answer = await make_owner(AdminAsked(EMAIL, NAMES[language], password, team, language))
                if isinstance(answer, AdminMade):
                    return password
        raise CannotStart(f"The account {EMAIL} could not be made.")
    finally:
        bind(None)
        await opened.close()


async def _taken(opened: Database, team: str) -> bool:
    """Whether a team has that name already: an account made for it would own it."""
    async with opened.raw_transaction() as connection:
        cursor = await connection.execute("SELECT 1 FROM team WHERE name = %s", (team,))
        return await cursor.fetchone() is not None

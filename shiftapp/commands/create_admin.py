"""``python -m shiftapp create-admin``: make an owner without a browser, or give one a new password."""

import argparse
import asyncio
import getpass
import os
import sys

from shiftapp.domain.refusal import Refused
from shiftapp.errors import CannotStart
from shiftapp.services.admin import AdminAsked, AdminMade, make_owner
from shiftapp.settings import Settings
from shiftapp.store.database import Database, bind
from shiftapp.store.prepare import prepare

PASSWORD = "SHIFTAPP_ADMIN_PASSWORD"
WHY = {
    "setup.email": "--email must be an e-mail address such as owner@example.com",
    "setup.name": "--name has at most 120 characters",
    "password.short": "the password needs {shortest} characters or more",
    "password.long": "the password may have at most {longest} characters",
    "password.common": "the password is too common: choose another",
    "password.personal": "the password is too close to the name or e-mail: choose another",
    "admin.team": "name the team with --team: one there is, or a new one",
}


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--email", required=True, help="address to sign in with")
    parser.add_argument("--name", default="", help="as shown to colleagues; by default from the address")
    parser.add_argument("--team", default="", help="team to own, made if there is none of that name")
    parser.add_argument("--language", choices=("ja", "en"), default="ja")
    parser.epilog = f"The password is read from {PASSWORD}, or asked for."


def run(settings: Settings, arguments: argparse.Namespace) -> int:
    """Make the owner; returns the exit status."""
    password = os.environ.get(PASSWORD) or _ask()
    asked = AdminAsked(arguments.email, arguments.name, password, arguments.team, arguments.language)
    answer = asyncio.run(_make(prepare(settings).owner, asked))
    if isinstance(answer, Refused):
        print(f"shiftapp: {WHY[answer.code].format(**answer.args)}", file=sys.stderr)
        return 1
    print(f"{answer.what} {answer.email}, owner of {answer.team}")
    return 0


def _ask() -> str:
    """Ask twice, until both are the same."""
    if not sys.stdin.isatty():
        raise CannotStart(f"there is no terminal to ask for the password: set {PASSWORD}")
    while (first := getpass.getpass("Password: ")) != getpass.getpass("Again: "):
        print("The two differ.", file=sys.stderr)
    return first


async def _make(dsn: str, asked: AdminAsked) -> AdminMade | Refused:
    opened = await Database.open(dsn)
    bind(opened)
    try:
        return await make_owner(asked)
    finally:
        await opened.close()

"""First run: the one-time link, and the first account and team that it makes."""

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from shiftapp.auth import passwords, tokens
from shiftapp.domain.permission import Role
from shiftapp.domain.refusal import Refused
from shiftapp.domain.visitor import Language
from shiftapp.services.accounts import Client, SignedIn, fold_email, open_session, plain
from shiftapp.store import accounts as rows
from shiftapp.store.database import database
from shiftapp.store.furnish import furnish
from shiftapp.store.tables.accounts import Audit, Team, UserAccount


@dataclass(frozen=True, slots=True)
class OwnerAsked:
    """What the set-up page sends."""

    token: str
    name: str
    email: str
    password: str
    team: str
    language: Language
    country: str


async def first_run_link(base_url: str) -> str | None:
    """Make the one-time link that creates the first account, voiding earlier links.

    Parameters
    ----------
    base_url
        Address of the server, without a slash at the end.

    Returns
    -------
    str or None
        ``None`` where somebody can sign in already.
    """
    token = tokens.new_token()
    async with database().transaction() as session:
        await rows.lock_first_run(session)
        if await rows.any_account(session):
            return None
        await rows.replace_setup_token(session, tokens.digest(token))
    return f"{base_url.rstrip('/')}/setup?{urlencode({'token': token})}"


async def setup_open(token: str) -> bool:
    """Say whether a set-up link's token can still be used."""
    async with database().transaction() as session:
        return await rows.has_setup_token(session, tokens.digest(token))


async def create_owner(asked: OwnerAsked, client: Client) -> SignedIn | Refused:
    """Use a set-up link: make the first account and its team, and sign it in.

    Returns
    -------
    SignedIn or Refused
        ``setup.used`` for a link that is void, ``setup.name``, ``setup.email``, ``setup.team``, ``setup.country`` or a
        ``password.*`` for what was typed; then nothing was changed and the link is still good.
    """
    checked = _check_owner(asked)
    if isinstance(checked, Refused):
        return checked
    if not await setup_open(asked.token):
        return Refused("setup.used")
    try:
        checked.password_hash = await passwords.hashed(asked.password)
    except passwords.Busy:
        return Refused("signin.busy")
    team = Team(name=plain(asked.team), language=asked.language, country=asked.country.upper())
    async with database().transaction() as session:
        await rows.lock_first_run(session)
        if not await rows.has_setup_token(session, tokens.digest(asked.token)):
            return Refused("setup.used")
        await rows.drop_setup_tokens(session)
        return await _found(session, team, checked, client)


def _check_owner(asked: OwnerAsked) -> UserAccount | Refused:
    name, team, email = plain(asked.name), plain(asked.team), fold_email(asked.email)
    if not 1 <= len(name) <= 120:
        return Refused("setup.name")
    if email is None:
        return Refused("setup.email")
    if weak := passwords.weakness(asked.password, email, name):
        return Refused(weak, {"shortest": passwords.SHORTEST, "longest": passwords.LONGEST})
    if not 1 <= len(team) <= 120:
        return Refused("setup.team")
    if not re.fullmatch(r"[A-Za-z]{2}", asked.country):
        return Refused("setup.country")
    return UserAccount(name=name, email=email, password_hash="", language=asked.language)


async def _found(session: rows.AsyncSession, team: Team, account: UserAccount, client: Client) -> SignedIn:
    team_id = await rows.add_team(session, team)
    await furnish(session, team_id)
    account.home_team = team_id
    user_id = await rows.add_account(session, account)
    rows.add_member(session, team_id, user_id, Role.OWNER)
    await rows.note(
        session, Audit(action="create_team", outcome="done", team_id=team_id, user_id=user_id, address=client.address)
    )
    return await open_session(session, account, team_id, Role.OWNER, client)

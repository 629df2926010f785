"""What only who runs the server may do: make an owner, or give one a new password. Needs the owner of the database."""

from dataclasses import dataclass
from typing import Literal

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from shiftapp.auth import passwords
from shiftapp.domain.permission import Role
from shiftapp.domain.refusal import Refused
from shiftapp.domain.visitor import Language
from shiftapp.services.accounts import fold_email, plain
from shiftapp.store import accounts as rows
from shiftapp.store.database import database
from shiftapp.store.furnish import furnish
from shiftapp.store.tables.accounts import Audit, Member, Team, UserAccount


@dataclass(frozen=True, slots=True)
class AdminAsked:
    """An owner to be. ``team`` is the name of a team there is, or of one to make; empty: the only one there is."""

    email: str
    name: str
    password: str
    team: str = ""
    language: Language = "ja"


@dataclass(frozen=True, slots=True)
class AdminMade:
    """What was done, for whom, in which team."""

    what: Literal["created", "updated"]
    email: str
    team: str


async def make_owner(asked: AdminAsked) -> AdminMade | Refused:
    """Make an account that owns a team, or give an account there is a new password and the team.

    An updated account is enabled again and signed out everywhere.

    Returns
    -------
    AdminMade or Refused
        ``setup.email``, ``setup.name``, a ``password.*``, or ``admin.team`` where no team is named and there is none,
        or more than one.
    """
    email, name = fold_email(asked.email), plain(asked.name)
    if email is None:
        return Refused("setup.email")
    if len(name) > 120:
        return Refused("setup.name")
    if weak := passwords.weakness(asked.password, email, name):
        return Refused(weak, {"shortest": passwords.SHORTEST, "longest": passwords.LONGEST})
    secret = await passwords.hashed(asked.password)
    async with database().transaction() as session:
        await rows.lock_first_run(session)
        team = await _team(session, asked)
        if isinstance(team, Refused):
            return team
        made, account = await _account(session, email, name or email.partition("@")[0], asked.language, secret)
        team_id, user_id = team.id or 0, account.id or 0
        await rows.work_in(session, team_id)
        account.home_team = team_id
        member = await session.get(Member, (team_id, user_id))
        if member is None:
            rows.add_member(session, team_id, user_id, Role.OWNER)
        else:
            member.role = Role.OWNER
        await rows.drop_setup_tokens(session)
        await rows.end_sessions_of(session, user_id)
        await rows.note(session, Audit(action="create_admin", outcome="done", team_id=team_id, user_id=user_id))
    return AdminMade(made, email, team.name)


async def _team(session: AsyncSession, asked: AdminAsked) -> Team | Refused:
    named = asked.team.strip()
    found = (await session.exec(select(Team).where(Team.name == named) if named else select(Team).limit(2))).all()
    if len(found) == 1:
        return found[0]
    if found or not named or len(named) > 120:
        return Refused("admin.team")
    team = Team(name=named, language=asked.language)
    await furnish(session, await rows.add_team(session, team))
    return team


async def _account(
    session: AsyncSession, email: str, name: str, language: Language, secret: str
) -> tuple[Literal["created", "updated"], UserAccount]:
    account = await rows.account_by_email(session, email)
    if account is not None:
        account.password_hash, account.disabled_at = secret, None
        return "updated", account
    account = UserAccount(email=email, name=name, password_hash=secret, language=language)
    await rows.add_account(session, account)
    return "created", account

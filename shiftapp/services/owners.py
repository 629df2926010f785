"""Finding an owner to work for, at the command line: nobody signs in there."""

from typing import cast

from sqlmodel import col, select

from shiftapp.domain.permission import Role
from shiftapp.domain.visitor import Language, Visitor
from shiftapp.services.accounts import fold_email
from shiftapp.store.accounts import role_in
from shiftapp.store.database import database
from shiftapp.store.tables.accounts import UserAccount


async def find_owner(email: str | None = None) -> Visitor | None:
    """Return the account of that address, or the first there is, if it may sign in and owns its team."""
    query = select(UserAccount).where(col(UserAccount.disabled_at).is_(None)).order_by(col(UserAccount.id))
    if email is not None:
        query = query.where(UserAccount.email == (fold_email(email) or ""))
    async with database().transaction() as session:
        for account in (await session.exec(query)).all():
            user_id = cast("int", account.id)
            if account.home_team is not None and await role_in(session, account.home_team, user_id) == Role.OWNER:
                language: Language = "ja" if account.language == "ja" else "en"
                return Visitor(user_id, account.home_team, Role.OWNER, account.name, language)
    return None


async def any_account() -> bool:
    """Whether anybody has an account."""
    async with database().transaction() as session:
        return (await session.exec(select(UserAccount.id).limit(1))).first() is not None

"""Signing in, signing out; the first account is made in `shiftapp.services.first_run`."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from shiftapp.auth import passwords, sessions, throttle, tokens
from shiftapp.domain.permission import Role
from shiftapp.domain.refusal import Refused
from shiftapp.domain.visitor import Language, Visitor
from shiftapp.services import visitors
from shiftapp.store import accounts as rows
from shiftapp.store.database import database
from shiftapp.store.tables.accounts import Audit, UserAccount

_EMAIL: Final = re.compile(r"[^\s@<>\"(),:;\\]{1,64}@[^\s@.<>\"(),:;\\]+(\.[^\s@.<>\"(),:;\\]+)*")


@dataclass(frozen=True, slots=True)
class Client:
    """Where a request came from: network address and the browser's description of itself."""

    address: str = ""
    browser: str = ""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A new session: the token goes into the cookie and is known nowhere else."""

    token: str
    ends_at: datetime
    visitor: Visitor


def plain(text: str) -> str:
    """Trim, and drop what cannot be seen: control characters and marks that turn the direction of writing."""
    kept = "".join(letter for letter in text if unicodedata.category(letter) not in ("Cc", "Cf", "Cs"))
    return " ".join(kept.split())


def fold_email(email: str) -> str | None:
    """Return an e-mail address as it is stored, or ``None`` where it is none."""
    folded = plain(unicodedata.normalize("NFC", email)).casefold()
    return folded if len(folded) <= 254 and _EMAIL.fullmatch(folded) else None


async def sign_in(email: str, password: str, client: Client) -> SignedIn | Refused:
    """Check a password and open a session.

    Known and unknown accounts cost the same work and get the same answer. Every try is counted before the password is
    looked at, so that many at once cannot outrun the count.

    Returns
    -------
    SignedIn or Refused
        ``signin.wrong``; ``signin.wait`` with ``seconds``; ``signin.busy``; ``signin.team`` for an account that is in
        no team any more.
    """
    folded = fold_email(email) or ""
    wait = await _count_try(folded, client.address)
    if wait:
        return Refused("signin.wait", {"seconds": -(-wait // timedelta(seconds=1))})
    async with database().transaction() as session:
        account = await rows.account_by_email(session, folded)
    known = account.password_hash if account is not None and account.disabled_at is None else None
    try:
        right = len(password) <= passwords.LONGEST and await passwords.matches(known, password)
        fresh = await passwords.hashed(password) if right and known and passwords.outdated(known) else None
    except passwords.Busy:
        return Refused("signin.busy")
    if not right or account is None:
        return await _refuse_sign_in(account, client)
    return await _admit(account, fresh, folded, client)


async def _count_try(email: str, address: str) -> timedelta:
    """Count a try as failed until it succeeds; return how long to wait instead, where it came too early."""
    per_account, per_address = _throttle_keys(email, address)
    now = datetime.now(UTC)
    async with database().transaction() as session:
        found = await rows.failures(session, (per_account, per_address))
        wait = max(
            throttle.PER_ACCOUNT.wait(*found[per_account], now), throttle.PER_ADDRESS.wait(*found[per_address], now)
        )
        if not wait:
            for key, (count, last) in found.items():
                await rows.set_failures(session, key, 1 if now - last >= throttle.FORGET else count + 1, now)
    return wait


def _throttle_keys(email: str, address: str) -> tuple[bytes, bytes]:
    return tokens.digest(f"{email}\n{address}"), tokens.digest(f"\n{address}")


async def _refuse_sign_in(account: UserAccount | None, client: Client) -> Refused:
    line = Audit(
        action="sign_in",
        outcome="refused",
        code="signin.wrong",
        team_id=account.home_team if account else None,
        user_id=account.id if account else None,
        address=client.address,
    )
    async with database().transaction(line.team_id) as session:
        await rows.note(session, line)
    return Refused("signin.wrong")


async def _admit(account: UserAccount, fresh: str | None, email: str, client: Client) -> SignedIn | Refused:
    now = datetime.now(UTC)
    async with database().transaction() as session:
        stored = await rows.account_by_id(session, account.id or 0)
        if stored is None or stored.disabled_at is not None or stored.password_hash != account.password_hash:
            return Refused("signin.wrong")
        team_id = stored.home_team
        role = await rows.role_in(session, team_id, stored.id or 0) if team_id else None
        if team_id is None or role is None:
            return Refused("signin.team")
        if fresh:
            stored.password_hash = fresh
        per_account, per_address = _throttle_keys(email, client.address)
        await rows.forget_failures(session, per_account, now - throttle.FORGET)
        await rows.forgive_one(session, per_address)
        await rows.sweep_sessions(session, now, now - sessions.IDLE)
        await rows.note(
            session,
            Audit(action="sign_in", outcome="done", team_id=team_id, user_id=stored.id, address=client.address),
        )
        return await open_session(session, stored, team_id, Role(role), client)


async def open_session(
    session: rows.AsyncSession, account: UserAccount, team_id: int, role: Role, client: Client
) -> SignedIn:
    """Open a session for an account that has shown who it is, in the caller's transaction."""
    token, now = tokens.new_token(), datetime.now(UTC)
    opened = rows.UserSession(
        token_hash=tokens.digest(token),
        user_id=account.id or 0,
        current_team=team_id,
        created_at=now,
        seen_at=now,
        expires_at=sessions.ends_at(now),
        address=client.address[:64],
        browser=client.browser[:200],
    )
    session.add(opened)
    await session.flush()
    language: Language = "ja" if account.language == "ja" else "en"
    visitor = Visitor(account.id or 0, team_id, role, account.name, language, opened.id or 0)
    return SignedIn(token, opened.expires_at, visitor)


async def sign_out(cookies: str) -> None:
    """End the session a ``Cookie`` header belongs to, on every server; an unknown one is no error."""
    visitor = await visitors.whoami(cookies)
    if visitor is None:
        return
    async with database().transaction(visitor.team_id, visitor.user_id) as session:
        await rows.end_session(session, visitor.session_id)
    visitors.forget(f"session:{visitor.session_id}")


async def note_refusal(who: Visitor | None, action: str, code: str, address: str = "") -> None:
    """Write one line in the audit about something that was asked for without the right to it."""
    team_id, user_id = (who.team_id, who.user_id) if who else (None, None)
    line = Audit(action=action, outcome="refused", code=code, team_id=team_id, user_id=user_id, address=address)
    async with database().transaction(team_id) as session:
        await rows.note(session, line)

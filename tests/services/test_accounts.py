"""First run, signing in, signing out: against a real PostgreSQL."""

import asyncio
import re
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest

from shiftapp.auth import sessions, tokens
from shiftapp.domain.permission import Role
from shiftapp.domain.refusal import Refused
from shiftapp.services import accounts, first_run, visitors
from shiftapp.services.accounts import Client, SignedIn
from shiftapp.services.first_run import OwnerAsked
from shiftapp.store.database import Database

PASSWORD = "seven blue teapots"
HERE = Client("192.0.2.7", "a browser")


@pytest.fixture(autouse=True)
def _nobody_is_remembered(database: Database) -> None:
    visitors.forget("*")


async def link_token() -> str:
    link = await first_run.first_run_link("http://127.0.0.1:8000")
    assert link is not None
    return parse_qs(urlsplit(link).query)["token"][0]


def asked(token: str, **changed: str) -> OwnerAsked:
    given = {
        "name": "佐藤 健一",
        "email": "Owner@Example.com",
        "password": PASSWORD,
        "team": "厨房",
        "language": "ja",
        "country": "JP",
    }
    return OwnerAsked(token, **{**given, **changed})


async def owner() -> SignedIn:
    made = await first_run.create_owner(asked(await link_token()), HERE)
    assert isinstance(made, SignedIn)
    return made


def cookie(opened: SignedIn) -> str:
    return f"other=1; {sessions.COOKIE}={opened.token}"


async def test_an_empty_database_has_a_link_whose_token_is_kept_only_as_a_digest(as_owner: psycopg.Connection):
    token = await link_token()
    assert len(token) >= 43
    assert as_owner.execute("SELECT token_hash FROM setup_token").fetchall() == [(tokens.digest(token),)]


async def test_a_new_link_voids_the_one_before():
    old, new = await link_token(), await link_token()
    assert await first_run.create_owner(asked(old), HERE) == Refused("setup.used")
    assert isinstance(await first_run.create_owner(asked(new), HERE), SignedIn)


async def test_the_link_makes_one_owner_once_even_when_used_twice_at_the_same_moment(as_owner: psycopg.Connection):
    token = await link_token()
    answers = await asyncio.gather(
        *(first_run.create_owner(asked(token, email=f"o{n}@example.com"), HERE) for n in range(4))
    )
    assert sum(isinstance(answer, SignedIn) for answer in answers) == 1
    assert as_owner.execute("SELECT count(*) FROM team").fetchone() == (1,)
    assert as_owner.execute("SELECT role FROM member").fetchall() == [("owner",)]
    assert await first_run.first_run_link("http://x") is None


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"name": " \u200b "}, "setup.name"),
        ({"email": "nobody"}, "setup.email"),
        ({"email": "a@b@c"}, "setup.email"),
        ({"password": "short"}, "password.short"),
        ({"password": "x" * 129}, "password.long"),
        ({"password": "aaaaaaaaaaaa"}, "password.common"),
        ({"password": "Password123"}, "password.common"),
        ({"password": "owner12345"}, "password.personal"),
        ({"team": ""}, "setup.team"),
        ({"country": "Japan"}, "setup.country"),
    ],
)
async def test_what_is_typed_wrong_is_named_and_the_link_stays_good(changed: dict[str, str], code: str):
    token = await link_token()
    answer = await first_run.create_owner(asked(token, **changed), HERE)
    assert isinstance(answer, Refused)
    assert answer.code == code
    assert await first_run.setup_open(token)


async def test_the_new_owner_is_signed_in_under_a_token_that_is_stored_nowhere(as_owner: psycopg.Connection):
    opened = await owner()
    who = await visitors.whoami(cookie(opened))
    assert who == opened.visitor
    assert who is not None
    assert (who.role, who.language, who.name) == (Role.OWNER, "ja", "佐藤 健一")
    stored = as_owner.execute("SELECT token_hash, address, browser FROM user_session").fetchall()
    assert stored == [(tokens.digest(opened.token), "192.0.2.7", "a browser")]
    found = as_owner.execute("SELECT password_hash, email FROM user_account").fetchone()
    assert found is not None
    assert re.match(r"\$argon2id\$v=19\$m=(\d+),t=(\d+)", found[0])
    assert found[1] == "owner@example.com"


async def test_signing_in_needs_the_right_password_and_any_spelling_of_the_address():
    await owner()
    assert isinstance(await accounts.sign_in(" OWNER@example.COM ", PASSWORD, HERE), SignedIn)
    assert await accounts.sign_in("owner@example.com", PASSWORD + "x", HERE) == Refused("signin.wrong")
    assert await accounts.sign_in("nobody@example.com", PASSWORD, HERE) == Refused("signin.wrong")
    assert await accounts.sign_in("", "", HERE) == Refused("signin.wrong")


async def test_signing_out_ends_this_session_at_once_and_no_other():
    first = await owner()
    second = await accounts.sign_in("owner@example.com", PASSWORD, HERE)
    assert isinstance(second, SignedIn)
    assert await visitors.whoami(cookie(first)) == first.visitor
    told: list[str] = []
    visitors.on_gone(told.append)
    await accounts.sign_out(cookie(first))
    assert await visitors.whoami(cookie(first)) is None
    assert await visitors.whoami(cookie(second)) == second.visitor
    assert told == [f"session:{first.visitor.session_id}"]
    await accounts.sign_out(cookie(first))
    await accounts.sign_out("nonsense; shiftapp_session=")


@pytest.mark.parametrize("changed", ["seen_at = now() - interval '4 days'", "expires_at = now() - interval '1 second'"])
async def test_a_session_ends_by_disuse_and_by_age(as_owner: psycopg.Connection, changed: str):
    opened = await owner()
    as_owner.execute(f"UPDATE user_session SET {changed}".encode())
    visitors.forget("*")
    assert await visitors.whoami(cookie(opened)) is None


@pytest.mark.parametrize("changed", ["seen_at = now() - interval '4 days'", "expires_at = now() - interval '1 second'"])
async def test_the_open_pages_of_a_session_that_ran_out_are_told(as_owner: psycopg.Connection, changed: str):
    ended = (await owner()).visitor.session_id
    second = await accounts.sign_in("owner@example.com", PASSWORD, HERE)
    assert isinstance(second, SignedIn)
    going_on = second.visitor.session_id
    as_owner.execute(f"UPDATE user_session SET {changed} WHERE id = {ended}".encode())
    told: list[str] = []
    visitors.on_gone(told.append)
    await visitors.forget_ended({ended, going_on})
    assert told == [f"session:{ended}"]


@pytest.mark.parametrize(
    "changed", ["UPDATE user_account SET disabled_at = now()", "DELETE FROM member", "DELETE FROM user_session"]
)
async def test_a_visitor_whose_right_was_taken_is_nobody_once_told(as_owner: psycopg.Connection, changed: str):
    opened = await owner()
    assert await visitors.whoami(cookie(opened))
    as_owner.execute(changed.encode())
    visitors.forget(f"user:{opened.visitor.user_id}")
    assert await visitors.whoami(cookie(opened)) is None


async def test_a_visitor_is_believed_for_seconds_only(as_owner: psycopg.Connection, monkeypatch: pytest.MonkeyPatch):
    opened = await owner()
    await visitors.whoami(cookie(opened))
    as_owner.execute("UPDATE member SET role = 'viewer'")
    monkeypatch.setattr(visitors, "KEPT", 0.0)
    who = await visitors.whoami(cookie(opened))
    assert who is not None
    assert who.role is Role.VIEWER


async def test_a_session_that_ends_while_it_is_looked_up_is_not_kept(monkeypatch: pytest.MonkeyPatch):
    opened = await owner()
    real = visitors._look_up
    visitors.forget("*")

    async def once(key: bytes):
        found = await real(key)
        monkeypatch.setattr(visitors, "_look_up", real)
        await accounts.sign_out(cookie(opened))
        return found

    monkeypatch.setattr(visitors, "_look_up", once)
    await visitors.whoami(cookie(opened))
    assert await visitors.whoami(cookie(opened)) is None

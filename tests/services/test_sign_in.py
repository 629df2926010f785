"""Wrong passwords cost time and never lock, known and unknown accounts look alike, and the audit has it all."""

import asyncio
import statistics
import time
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from shiftapp.auth import passwords
from shiftapp.domain.refusal import Refused
from shiftapp.services import accounts, visitors
from shiftapp.services.accounts import Client, SignedIn
from shiftapp.store.database import Database
from tests.services.test_accounts import HERE, PASSWORD, owner


@pytest.fixture(autouse=True)
def _nobody_is_remembered(database: Database) -> None:
    visitors.forget("*")


async def test_wrong_passwords_cost_a_growing_wait_and_never_a_lock(as_owner: psycopg.Connection):
    await owner()
    answers = [await accounts.sign_in("owner@example.com", "wrong", HERE) for _ in range(6)]
    assert [answer.code for answer in answers if isinstance(answer, Refused)] == ["signin.wrong"] * 5 + ["signin.wait"]
    waiting = await accounts.sign_in("owner@example.com", PASSWORD, HERE)
    assert isinstance(waiting, Refused)
    assert 1 <= waiting.args["seconds"] <= 60
    elsewhere = await accounts.sign_in("owner@example.com", PASSWORD, Client("198.51.100.1"))
    assert isinstance(elsewhere, SignedIn), "another address is not held up"
    as_owner.execute("UPDATE sign_in_failure SET last_at = last_at - interval '61 seconds', failures = 1000")
    assert isinstance(await accounts.sign_in("owner@example.com", PASSWORD, HERE), SignedIn), "the longest wait ends"


async def test_many_tries_at_once_are_all_counted(as_owner: psycopg.Connection):
    await owner()
    answers = await asyncio.gather(*(accounts.sign_in("owner@example.com", f"wrong {n}", HERE) for n in range(30)))
    looked_at = sum(answer == Refused("signin.wrong") for answer in answers)
    assert looked_at <= 6


async def test_one_address_that_tries_many_accounts_is_slowed_down():
    answers = [await accounts._count_try(f"u{n}@example.com", "203.0.113.9") for n in range(45)]
    assert not any(answers[:40])
    assert any(answers[40:])


async def test_a_password_kept_at_a_lower_cost_is_hashed_again_at_sign_in(as_owner: psycopg.Connection):
    from argon2 import PasswordHasher

    await owner()
    weak = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1).hash(PASSWORD)
    as_owner.execute("UPDATE user_account SET password_hash = %s", (weak,))
    assert isinstance(await accounts.sign_in("owner@example.com", PASSWORD, HERE), SignedIn)
    found = as_owner.execute("SELECT password_hash FROM user_account").fetchone()
    assert found is not None
    assert not passwords.outdated(found[0])


async def test_known_and_unknown_accounts_take_the_same_time():
    """By the processor's clock: on the wall's, whatever else the machine does is seen, too."""
    await owner()
    await accounts.sign_in("warm@example.com", "x", Client("192.0.2.1"))
    times: dict[str, list[float]] = {"owner@example.com": [], "nobody@example.com": []}
    for n in range(12):
        for email, taken in times.items():
            began = time.process_time()
            await accounts.sign_in(email, "wrong", Client(f"192.0.2.{n + 10}"))
            taken.append(time.process_time() - began)
    known, unknown = (statistics.median(taken) for taken in times.values())
    assert abs(known - unknown) < max(0.010, known * 0.25)


async def test_what_was_refused_and_done_is_in_the_audit(as_owner: psycopg.Connection):
    await owner()
    await accounts.sign_in("owner@example.com", "wrong", HERE)
    await accounts.sign_in("nobody@example.com", "wrong", HERE)
    lines = as_owner.execute("SELECT action, outcome, code, team_id IS NULL FROM audit ORDER BY id").fetchall()
    assert lines == [
        ("create_team", "done", "", False),
        ("sign_in", "refused", "signin.wrong", False),
        ("sign_in", "refused", "signin.wrong", True),
    ]


async def test_sessions_that_ended_are_swept_at_the_next_sign_in(as_owner: psycopg.Connection):
    await owner()
    as_owner.execute("UPDATE user_session SET expires_at = %s", (datetime.now(UTC) - timedelta(days=1),))
    await accounts.sign_in("owner@example.com", PASSWORD, HERE)
    assert as_owner.execute("SELECT count(*) FROM user_session").fetchone() == (1,)

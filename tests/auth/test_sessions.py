"""Sessions, waits, cookies: pure rules."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shiftapp.auth import sessions, throttle, tokens, told

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def test_a_token_has_256_bits_and_is_never_the_same():
    found = {tokens.new_token() for _ in range(1000)}
    assert len(found) == 1000
    assert all(len(token) == 43 for token in found)
    assert len(tokens.digest(next(iter(found)))) == 32


def test_a_session_ends_by_disuse_and_by_age_whichever_is_first():
    ends = sessions.ends_at(NOW)
    assert sessions.alive(NOW, ends, NOW + sessions.IDLE - timedelta(seconds=1))
    assert not sessions.alive(NOW, ends, NOW + sessions.IDLE)
    busy = ends - timedelta(minutes=1)
    assert sessions.alive(busy, ends, ends - timedelta(seconds=1))
    assert not sessions.alive(busy, ends, ends)


@pytest.mark.parametrize(
    ("header", "token"),
    [
        ("", None),
        ("shiftapp_session=", None),
        ("a=b; shiftapp_session=t0ken; c=d", "t0ken"),
        ('shiftapp_session="t0ken"', "t0ken"),
        ("shiftapp_session=first; shiftapp_session=second", "first"),
        ("shiftapp_session=plain; __Host-shiftapp_session=tls", "tls"),
        ("xshiftapp_session=no; shiftapp_session2=no;;;=", None),
    ],
)
def test_the_token_is_found_in_any_cookie_header(header: str, token: str | None):
    assert sessions.cookie_token(header) == token


@given(st.text(max_size=300))
def test_no_cookie_header_breaks_the_reading(header: str):
    sessions.cookie_token(header)
    told.unpack(header)
    told.unpack(f"{told.COOKIE}={header}")


@given(failures=st.integers(0, 10_000), age=st.integers(0, 3600))
def test_a_wait_is_short_ends_and_is_forgotten(failures: int, age: int):
    now = NOW + timedelta(seconds=age)
    wait = throttle.PER_ACCOUNT.wait(failures, NOW, now)
    assert timedelta(0) <= wait <= throttle.LONGEST
    assert throttle.PER_ACCOUNT.wait(failures, NOW, now + wait) == timedelta(0)
    if failures < throttle.PER_ACCOUNT.free or age >= throttle.FORGET.total_seconds():
        assert not wait


def test_the_wait_grows_with_every_failure():
    waits = [throttle.PER_ACCOUNT.wait(n, NOW, NOW) for n in range(20)]
    assert waits == sorted(waits)
    assert waits[5] == timedelta(seconds=1)
    assert waits[-1] == throttle.LONGEST


def test_what_is_told_comes_back_and_a_password_is_never_part_of_it():
    packed = told.pack("signin.wait", {"seconds": 4}, {"email": "花子@example.com"})
    assert told.unpack(f"a=b; {told.COOKIE}={packed}") == {
        "code": "signin.wait",
        "args": {"seconds": "4"},
        "typed": {"email": "花子@example.com"},
    }
    assert told.unpack(f"{told.COOKIE}=W10=") == {}
    assert told.unpack("") == {}

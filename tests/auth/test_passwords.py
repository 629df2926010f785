"""Passwords: argon2id at the cost we promise, off the event loop, bounded."""

import asyncio
import re
import time

import pytest

from shiftapp.auth import passwords


@pytest.mark.parametrize("password", ["passwordpassword", "kitchenkitchen", "abcdeabcdeabcde", "Ab1!Ab1!Ab1!"])
def test_one_part_again_and_again_is_no_password(password: str):
    assert passwords.weakness(password, "Ann") == "password.common"


async def test_hashes_are_argon2id_at_19_mib_and_two_passes_or_more():
    found = re.match(r"\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$", await passwords.hashed("seven blue teapots"))
    assert found is not None
    assert int(found[1]) >= 19 * 1024
    assert int(found[2]) >= 2


async def test_a_hash_matches_its_password_and_nothing_else():
    kept = await passwords.hashed("七つの青い急須 ☕")
    assert await passwords.matches(kept, "七つの青い急須 ☕")
    assert not await passwords.matches(kept, "七つの青い急須")
    assert not await passwords.matches(None, "七つの青い急須 ☕")
    assert not await passwords.matches("not a hash", "x")
    assert not await passwords.matches(kept, "\ud800")


async def test_hashing_never_stalls_the_event_loop():
    longest = 0.0

    async def watch() -> None:
        nonlocal longest
        while True:
            began = time.perf_counter()
            await asyncio.sleep(0.001)
            longest = max(longest, time.perf_counter() - began)

    watching = asyncio.create_task(watch())
    began = time.perf_counter()
    await asyncio.gather(*(passwords.hashed(f"password number {n}") for n in range(20)))
    taken = time.perf_counter() - began
    watching.cancel()
    assert longest < max(0.1, taken / 4), "the loop waited for the hashes"


async def test_a_flood_is_refused_rather_than_queued_without_end():
    answers = await asyncio.gather(
        *(passwords.matches(None, f"{n}") for n in range(passwords._WAITING + 10)), return_exceptions=True
    )
    assert sum(isinstance(answer, passwords.Busy) for answer in answers) == 10
    assert await passwords.matches(None, "x") is False


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("123456789", "password.short"),
        ("x" * 129, "password.long"),
        ("QWERTYUIOP", "password.common"),
        ("abababababab", "password.common"),
        ("hanako2026!", "password.personal"),
        ("correct horse battery", None),
        ("七つの青い急須を並べる", None),
    ],
)
def test_the_rules_for_a_new_password(password: str, code: str | None):
    assert passwords.weakness(password, "hanako@example.com", "山田 花子") == code

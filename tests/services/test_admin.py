"""Making an owner at the command line."""

from collections.abc import AsyncIterator

import psycopg
import pytest

from shiftapp.domain.refusal import Refused
from shiftapp.services import accounts, first_run, visitors
from shiftapp.services.accounts import Client, SignedIn
from shiftapp.services.admin import AdminAsked, AdminMade, make_owner
from shiftapp.store.database import Database, bind
from shiftapp.store.prepare import Dsns

PASSWORD, OTHER = "seven blue teapots", "eight green kettles"


@pytest.fixture(autouse=True)
async def past_the_walls(fresh_database: Dsns) -> AsyncIterator[None]:
    """Work as the owner of the database, as the command does."""
    opened = await Database.open(fresh_database.owner)
    bind(opened)
    visitors.forget("*")
    yield
    bind(None)
    await opened.close()


async def test_an_owner_of_a_new_team_can_sign_in_and_the_set_up_link_is_void():
    link = await first_run.first_run_link("http://x")
    assert link is not None
    made = await make_owner(AdminAsked("Ann@example.com", "Ann", PASSWORD, "Kitchen", "en"))
    assert made == AdminMade("created", "ann@example.com", "Kitchen")
    assert isinstance(await accounts.sign_in("ann@example.com", PASSWORD, Client()), SignedIn)
    assert not await first_run.setup_open(link.partition("token=")[2])


async def test_a_new_password_signs_out_everywhere_and_enables_again(as_owner: psycopg.Connection):
    await make_owner(AdminAsked("ann@example.com", "Ann", PASSWORD, "Kitchen"))
    opened = await accounts.sign_in("ann@example.com", PASSWORD, Client())
    assert isinstance(opened, SignedIn)
    as_owner.execute("UPDATE user_account SET disabled_at = now()")
    made = await make_owner(AdminAsked("ann@example.com", "", OTHER))
    assert made == AdminMade("updated", "ann@example.com", "Kitchen")
    visitors.forget("*")
    assert await visitors.whoami(f"shiftapp_session={opened.token}") is None
    assert isinstance(await accounts.sign_in("ann@example.com", PASSWORD, Client("a")), Refused)
    assert isinstance(await accounts.sign_in("ann@example.com", OTHER, Client("a")), SignedIn)


async def test_a_team_is_named_where_there_is_none_or_more_than_one(as_owner: psycopg.Connection):
    assert await make_owner(AdminAsked("a@example.com", "", PASSWORD)) == Refused("admin.team")
    await make_owner(AdminAsked("a@example.com", "", PASSWORD, "One"))
    await make_owner(AdminAsked("b@example.com", "", PASSWORD, "Two"))
    assert await make_owner(AdminAsked("c@example.com", "", PASSWORD)) == Refused("admin.team")
    assert isinstance(await make_owner(AdminAsked("c@example.com", "", PASSWORD, "Two")), AdminMade)
    assert as_owner.execute("SELECT count(*) FROM team").fetchone() == (2,)


@pytest.mark.parametrize(
    ("email", "password", "code"), [("nobody", PASSWORD, "setup.email"), ("a@example.com", "short", "password.short")]
)
async def test_what_is_wrong_is_named(email: str, password: str, code: str):
    answer = await make_owner(AdminAsked(email, "", password, "Kitchen"))
    assert isinstance(answer, Refused)
    assert answer.code == code

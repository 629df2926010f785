"""One port serves the page, its socket and the routes, at whatever address the browser came by."""

import re
from collections.abc import Callable
from pathlib import Path

import httpx
import psycopg
import pytest
from playwright.async_api import Browser

from tests.served import Served, command_of


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
async def test_the_page_opens_its_socket_where_it_came_from(name: str, served: Served, browser: Browser):
    context = await browser.new_context()
    page = await context.new_page()
    async with page.expect_websocket(lambda socket: "/_event" in socket.url, timeout=60_000) as opened:
        answer = await page.goto(f"http://{name}:{served.port}/login")
    assert answer is not None
    assert answer.status == 200
    socket = await opened.value
    assert socket.url.startswith(f"ws://{name}:{served.port}/_event")
    async with socket.expect_event("framereceived", timeout=60_000):
        pass
    await context.close()


def test_address_and_link_stand_alone_on_a_line(served: Served):
    assert served.address in served.lines
    assert served.setup_link is not None
    assert re.fullmatch(rf"{re.escape(served.address)}/setup\S+", served.setup_link)


def test_nothing_is_said_twice(served: Served):
    """The output is for people: no log of a healthy start, no traceback."""
    assert [line for line in served.lines if line.startswith(served.address)] == [served.setup_link, served.address]
    assert "Traceback" not in served.output


async def test_a_second_start_finds_its_data_and_voids_the_first_link(tmp_path: Path, serve: Callable[..., Served]):
    where = {"SHIFTAPP_DATA_DIR": str(tmp_path / "data")}
    first = serve(where).wait_until_ready()
    assert first.setup_link is not None
    assert first.end() == 0
    second = serve(where).wait_until_ready()
    assert second.setup_link not in (None, first.setup_link)
    database = f"host={tmp_path / 'data' / 'run'} user=shiftapp dbname=shiftapp"
    with psycopg.connect(database) as connection:
        assert connection.execute("SELECT count(*) FROM setup_token").fetchone() == (1,)


async def test_the_given_database_is_the_only_one(served: Served):
    names = [command_of(process) for process in served.descendants()]
    assert not [name for name in names if "postgres" in name or "warden" in name]
    async with httpx.AsyncClient(verify=False) as client:
        assert (await client.get(f"{served.address}/health")).json()["database"] == "ok"

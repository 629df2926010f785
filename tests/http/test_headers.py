"""Headers on every answer: a page its own policy, what is no page a closed one, an unchanged page neither."""

from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from shiftapp.http.headers import FIXED, NO_PAGE, Headers, script_hashes

SCRIPT = "<script>let theme = 1</script>"


@pytest.fixture
def client(tmp_path: Path) -> httpx.AsyncClient:
    """A site with one built page, an answer that is no page, and an answer that the page is unchanged."""
    (tmp_path / "index.html").write_text(f"<html>{SCRIPT}</html>")

    async def page(request: Request) -> Response:
        unchanged = "if-none-match" in request.headers
        return Response(status_code=304, headers={"etag": '"1"'}) if unchanged else HTMLResponse(SCRIPT)

    async def data(request: Request) -> Response:
        return JSONResponse({})

    site = Headers(Starlette(routes=[Route("/", page), Route("/data", data)]), tmp_path)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=site), base_url="http://site")


async def test_a_page_may_run_its_own_inline_scripts_and_no_others(client: httpx.AsyncClient) -> None:
    policy = (await client.get("/")).headers["content-security-policy"]
    assert f"script-src 'self' {script_hashes(SCRIPT)[0]};" in policy
    assert "unsafe-eval" not in policy


async def test_an_unchanged_page_keeps_the_policy_that_the_browser_has(client: httpx.AsyncClient) -> None:
    """A browser takes the headers of a 304 over those it stored: a closed policy would stop the page's scripts."""
    answer = await client.get("/", headers={"if-none-match": '"1"'})
    assert answer.status_code == 304
    assert "content-security-policy" not in answer.headers


async def test_what_is_no_page_may_do_nothing(client: httpx.AsyncClient) -> None:
    assert (await client.get("/data")).headers["content-security-policy"] == NO_PAGE
    assert (await client.get("/missing")).headers["content-security-policy"] == NO_PAGE


@pytest.mark.parametrize("path", ["/", "/data", "/missing"])
async def test_the_fixed_headers_are_on_every_answer(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(path, headers={"if-none-match": '"1"'})
    assert {name: answer.headers.get(name) for name in FIXED} == FIXED

"""Signing in and out by form, as a browser does it: cookies, redirects, other sites, headers."""

from collections.abc import AsyncIterator
from http.cookies import SimpleCookie

import httpx
import psycopg
import pytest
from starlette.applications import Starlette

from shiftapp.auth import passwords, sessions, told
from shiftapp.http import api, auth, callers
from shiftapp.http.auth import local_path
from shiftapp.http.imports import unpacked
from shiftapp.services.accounts import Client, SignedIn
from shiftapp.services.first_run import OwnerAsked, create_owner, first_run_link
from shiftapp.settings import Settings
from shiftapp.store.database import Database
from tests.people import Person, enrol
from tests.served import Served

PASSWORD = "seven blue teapots"


@pytest.fixture
async def somebody(served: Served) -> Person:
    """An account that has a password."""
    assert served.dsns is not None
    return enrol(served.dsns, password_hash=await passwords.hashed(PASSWORD))


@pytest.fixture
async def client(served: Served) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(verify=False, base_url=served.address) as opened:
        yield opened


@pytest.fixture
def email(served: Served, somebody: Person) -> str:
    assert served.dsns is not None
    with psycopg.connect(served.dsns.owner) as connection:
        row = connection.execute("SELECT email FROM user_account WHERE id = %s", (somebody.visitor.user_id,)).fetchone()
    assert row is not None
    return str(row[0])


def cookies_of(answer: httpx.Response) -> SimpleCookie:
    """Return the cookies an answer sets, with their attributes."""
    found = SimpleCookie()
    for line in answer.headers.get_list("set-cookie"):
        found.load(line)
    return found


async def test_the_right_password_sets_a_cookie_no_script_can_read(client: httpx.AsyncClient, email: str):
    answer = await client.post("/auth/login", data={"email": email, "password": PASSWORD, "next": "/staff"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/staff")
    cookie = cookies_of(answer)[sessions.COOKIE]
    assert len(cookie.value) >= 43
    assert cookie["httponly"]
    assert cookie["samesite"].lower() == "lax"
    assert cookie["path"] == "/"
    assert not cookie["domain"]


async def test_a_wrong_password_goes_back_to_the_form_with_the_reason_and_the_address(
    client: httpx.AsyncClient, email: str
):
    answer = await client.post("/auth/login", data={"email": email, "password": "wrong", "next": "/staff"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/login?next=%2Fstaff")
    assert sessions.COOKIE not in answer.cookies
    found = told.unpack(f"{told.COOKIE}={answer.cookies[told.COOKIE]}")
    assert found == {"code": "signin.wrong", "args": {}, "typed": {"email": email}}


async def test_signing_out_ends_the_session_and_takes_the_cookie(client: httpx.AsyncClient, somebody: Person):
    answer = await client.post("/auth/logout", headers={"cookie": somebody.cookie})
    assert (answer.status_code, answer.headers["location"]) == (303, "/login")
    assert 'shiftapp_session=""' in answer.headers["set-cookie"]
    again = await client.post(
        "/imports/files", files={"files": ("staff.csv", b"x")}, headers={"cookie": somebody.cookie}
    )
    assert again.headers["location"].startswith("/login")


@pytest.mark.parametrize(("language", "first"), [("ja", "佐藤 健一"), ("en", "Kenichi Sato")])
async def test_the_example_of_an_import_is_a_zip_that_an_import_takes(
    client: httpx.AsyncClient, language: str, first: str
):
    answer = await client.get("/imports/example", params={"language": language})
    assert answer.headers["content-type"] == "application/zip"
    found = unpacked(answer.content)
    assert sorted(found) == ["calendar.csv", "groups.csv", "requests.csv", "staff.csv"]
    assert first in found["staff.csv"].decode()


@pytest.mark.parametrize("path", ["/auth/login", "/auth/logout", "/auth/setup", "/imports/files"])
@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
async def test_no_form_of_another_site_is_taken(
    client: httpx.AsyncClient, somebody: Person, path: str, headers: dict[str, str]
):
    answer = await client.post(path, data={"email": "x"}, headers={**headers, "cookie": somebody.cookie})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


async def test_our_own_page_is_taken(served: Served, client: httpx.AsyncClient, email: str):
    answer = await client.post(
        "/auth/login",
        data={"email": email, "password": PASSWORD},
        headers={"origin": served.address, "sec-fetch-site": "same-origin"},
    )
    assert (answer.status_code, answer.headers["location"]) == (303, f"{served.address}/")


@pytest.mark.parametrize(
    "asked",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "/x\r\nset-cookie: a=b",
        "/%0d%0a<",
        "/auth/logout",
        "/login?next=/",
        "staff",
        "",
    ],
)
def test_only_paths_of_ours_are_gone_back_to(asked: str):
    assert local_path(asked) == "/"


@pytest.mark.parametrize("asked", ["/", "/staff", "/schedule/12?day=2026-12-21&view=a", "/settings/shift-types"])
def test_paths_of_ours_are(asked: str):
    assert local_path(asked) == asked


@pytest.mark.parametrize("path", ["/", "/login", "/setup?token=x", "/docs", "/nothing-here"])
async def test_every_page_has_a_policy_without_unsafe_scripts(client: httpx.AsyncClient, path: str):
    answer = await client.get(path, headers={"accept": "text/html"})
    assert answer.headers["content-type"].startswith("text/html")
    policy = dict(part.strip().split(" ", 1) for part in answer.headers["content-security-policy"].split(";"))
    assert "unsafe" not in policy["script-src"]
    assert policy["frame-ancestors"] == "'none'"
    assert policy["object-src"] == "'none'"
    assert policy["base-uri"] == policy["form-action"] == "'self'"
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_the_inline_scripts_of_a_built_page_are_the_ones_allowed(client: httpx.AsyncClient):
    from shiftapp.http.headers import script_hashes

    answer = await client.get("/login", headers={"accept": "text/html"})
    assert answer.status_code == 200, "pages are served without a redirect"
    hashes = script_hashes(answer.text)
    assert hashes
    assert all(each in answer.headers["content-security-policy"] for each in hashes)
    assert script_hashes("<script>let planted = 1</script>")[0] not in answer.headers["content-security-policy"]


async def test_what_is_no_page_may_do_nothing_where_it_is_shown_as_one(client: httpx.AsyncClient):
    answer = await client.get("/openapi.json")
    assert answer.headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"


async def test_the_reference_names_every_route_and_loads_nothing_from_elsewhere(client: httpx.AsyncClient):
    document = (await client.get("/openapi.json")).json()
    page = (await client.get("/docs")).text
    assert {"/optimize", "/health", "/auth/login"} <= document["paths"].keys()
    assert all(path in page for path in document["paths"])
    assert all(f'id="{name}"' in page for name in document["components"]["schemas"])
    assert "<script" not in page
    assert "https://" not in page
    missing = {link.split('"')[0] for link in page.split('href="#')[1:]} - {
        anchor.split('"')[0] for anchor in page.split('id="')[1:]
    }
    assert not missing


async def test_behind_tls_the_cookie_is_secure_and_bound_to_the_host(
    monkeypatch: pytest.MonkeyPatch, database: Database
):
    monkeypatch.setattr(callers, "settings", lambda: Settings(public_url="https://shifts.example"))
    monkeypatch.setattr(auth, "settings", callers.settings)
    made = await create_owner(await owner_asked(), Client())
    assert isinstance(made, SignedIn)
    around = api.around(Starlette(), api.build(), None, auth.is_secure())
    async with httpx.AsyncClient(transport=httpx.ASGITransport(around), base_url="https://shifts.example") as client:
        answer = await client.post("/auth/login", data={"email": "owner@example.com", "password": PASSWORD})
    cookie = cookies_of(answer)[sessions.SECURE_COOKIE]
    assert cookie["secure"]
    assert cookie["httponly"]
    assert cookie["path"] == "/"
    assert answer.headers["strict-transport-security"].startswith("max-age=")
    assert sessions.SECURE_COOKIE.startswith("__Host-")


async def owner_asked() -> OwnerAsked:
    link = await first_run_link("https://shifts.example")
    assert link is not None
    token = link.partition("token=")[2]
    return OwnerAsked(token, "Owner", "owner@example.com", PASSWORD, "Kitchen", "en", "JP")

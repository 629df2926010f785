"""The first run, as the person who installed the program lives it: in a real browser."""

import io
import re
import zipfile
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass

import psycopg
import pytest
from playwright.async_api import Browser, BrowserContext, Page, expect

from shiftapp.importing.demo import demo_files
from shiftapp.services.first_run import first_run_link, setup_open
from shiftapp.store.cluster import Place
from shiftapp.store.database import Database, bind
from tests.conftest import clone
from tests.served import Served, as_url

PASSWORD = "seven blue teapots"


@dataclass(frozen=True)
class Empty:
    """A server on a database nobody has an account in, and its link for the first one."""

    address: str
    setup_link: str


@pytest.fixture(scope="module")
def own(cluster: Place, template: str) -> Iterator[Served]:
    """A server with a database of its own."""
    for dsns in clone(cluster, template):
        server = Served({"DATABASE_URL": as_url(dsns.owner)}, dsns=dsns)
        yield server.wait_until_ready()
        server.end()


@pytest.fixture
async def empty(own: Served) -> AsyncIterator[Empty]:
    """The link that the server printed; after that, as its database is emptied, what ``setup-link`` would print."""
    assert own.dsns is not None
    database = await Database.open(own.dsns.app, 2)
    bind(database)
    link = own.setup_link if await setup_open(_token(own)) else await first_run_link(own.address)
    bind(None)
    await database.close()
    assert link is not None
    yield Empty(own.address, link)
    with psycopg.connect(own.dsns.owner) as connection:
        connection.execute("TRUNCATE team, user_account, setup_token CASCADE")


def _token(served: Served) -> str:
    assert served.setup_link is not None
    return served.setup_link.partition("token=")[2]


@pytest.fixture
async def english(browser: Browser) -> AsyncIterator[BrowserContext]:
    """A browser in English that fails the test when a page's script or policy fails."""
    context = await browser.new_context(locale="en-US")
    yield context
    await context.close()


async def opened(context: BrowserContext, address: str) -> tuple[Page, list[str]]:
    """Open a page; what its console complains of is gathered."""
    page, complaints = await context.new_page(), []
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    await page.goto(address)
    return page, complaints


async def fill_setup(page: Page, start: str, password: str = PASSWORD) -> None:
    await page.get_by_label("Name", exact=True).fill("Ann Owner")
    await page.get_by_label("E-mail").fill("ann@example.com")
    await page.get_by_label("Password").fill(password)
    await page.get_by_label("Team name").fill("Main kitchen")
    await page.get_by_label(start).check()
    await page.get_by_role("button", name="Create and start").click()


async def sign_in(page: Page, password: str = PASSWORD) -> None:
    await page.get_by_label("E-mail").fill("ann@example.com")
    await page.get_by_label("Password").fill(password)
    await page.get_by_role("button", name="Sign in").click()


async def test_the_link_leads_to_the_demo_kitchen_and_only_once(empty: Empty, english: BrowserContext):
    page, complaints = await opened(english, empty.setup_link)
    await fill_setup(page, "The demo kitchen")
    await expect(page).to_have_url(f"{empty.address}/")
    grid = page.get_by_role("grid")
    await expect(grid).to_be_visible(timeout=20_000)
    await expect(page.get_by_text("Kenichi Sato").first).to_be_visible()
    assert [line for line in complaints if "favicon" not in line and "404" not in line] == []

    await page.goto(empty.setup_link)
    await expect(page.get_by_role("heading", name="This link cannot be used")).to_be_visible()
    await expect(page.get_by_text("python -m shiftapp setup-link")).to_be_visible()


async def test_signing_out_and_in_again_comes_back_to_the_page_that_was_asked_for(
    empty: Empty, english: BrowserContext
):
    page, _ = await opened(english, empty.setup_link)
    await fill_setup(page, "An empty team")
    await expect(page).to_have_url(f"{empty.address}/")
    await page.get_by_role("button", name="Sign out").click()
    await expect(page).to_have_url(f"{empty.address}/login")
    assert not [each for each in await english.cookies() if each["name"] == "shiftapp_session"]

    await page.goto(f"{empty.address}/import")
    await expect(page).to_have_url(re.compile(r"/login\?next=(/|%2F)import"))
    await sign_in(page, "not the password")
    await expect(page.get_by_role("alert").filter(has_text="is not right")).to_be_visible()
    await expect(page.get_by_label("E-mail")).to_have_value("ann@example.com")
    await expect(page.get_by_label("Password")).to_be_focused()
    await expect(page.get_by_text("python -m shiftapp create-admin")).to_be_visible()
    await sign_in(page)
    await expect(page).to_have_url(f"{empty.address}/import")
    [cookie] = [each for each in await english.cookies() if each["name"] == "shiftapp_session"]
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Lax"


async def test_what_was_typed_wrong_is_said_beside_its_field_and_the_rest_is_kept(
    empty: Empty, english: BrowserContext
):
    page, _ = await opened(english, empty.setup_link)
    await fill_setup(page, "An empty team", "password123")
    await expect(page.get_by_text("This one is too common.")).to_be_visible()
    await expect(page.get_by_label("E-mail")).to_have_value("ann@example.com")
    await expect(page.get_by_label("Team name")).to_have_value("Main kitchen")
    await expect(page.get_by_label("Password")).to_have_value("")
    await expect(page.get_by_label("Password")).to_be_focused()
    await expect(page.get_by_label("An empty team")).to_be_checked()
    await page.get_by_label("Language").select_option("ja")
    await expect(page.get_by_role("heading", name="はじめての設定")).to_be_visible()
    await expect(page.get_by_text("よく使われるパスワードです")).to_be_visible()


async def test_signing_out_in_one_tab_takes_the_other_along(empty: Empty, english: BrowserContext):
    page, _ = await opened(english, empty.setup_link)
    await fill_setup(page, "The demo kitchen")
    await expect(page.get_by_role("grid")).to_be_visible(timeout=20_000)
    other, _ = await opened(english, empty.address)
    await expect(other.get_by_role("grid")).to_be_visible(timeout=20_000)
    await page.get_by_role("button", name="Sign out").click()
    await expect(other).to_have_url(f"{empty.address}/login")


def packed(**changed: str) -> bytes:
    """Return the demo's folder as a zip, some files replaced."""
    files = {**demo_files(), **{f"{name}.csv": text.encode() for name, text in changed.items()}}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(f"kitchen/{name}", content)
    return buffer.getvalue()


async def test_an_import_is_checked_line_by_line_and_done_only_when_confirmed(empty: Empty, english: BrowserContext):
    page, _ = await opened(english, empty.setup_link)
    await fill_setup(page, "An import")
    await expect(page).to_have_url(f"{empty.address}/import")
    await page.get_by_label("Files").set_input_files(
        {
            "name": "wrong.zip",
            "mimeType": "application/zip",
            "buffer": packed(calendar="date,kind,note\n2026-13-41,must_off,\n"),
        }
    )
    await page.get_by_role("button", name="Check").click()
    await expect(page.get_by_text("calendar.csv, line 2")).to_be_visible()
    await expect(page.get_by_role("button", name="Import", exact=True)).to_be_hidden()

    await page.get_by_role("button", name="Choose other files").click()
    await page.get_by_label("Files").set_input_files(
        [{"name": name, "mimeType": "text/csv", "buffer": content} for name, content in demo_files().items()]
    )
    await page.get_by_role("button", name="Check").click()
    await expect(page.get_by_role("row", name="Staff 18 0 0")).to_be_visible()
    other, _ = await opened(english, f"{empty.address}/staff")
    await other.get_by_role("button", name="Add a person").click()
    await other.fill("#field-name", "佐藤 健一")
    await other.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_role("row", name="Staff 17 1 0")).to_be_visible()
    await other.get_by_role("button", name="Add a person").click()
    await other.fill("#field-name", "鈴木 美咲")
    await other.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_role("row", name="Staff 16 2 0")).to_be_visible()
    await page.get_by_role("button", name="Import", exact=True).click()
    await expect(page.get_by_role("grid")).to_be_visible(timeout=20_000)
    await expect(page.get_by_text("佐藤 健一").first).to_be_visible()

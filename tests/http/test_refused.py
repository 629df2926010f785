"""Who has no right is refused over HTTP too and leaves one line; what is sent packed is bounded unpacked."""

import io
import zipfile

import httpx
import psycopg
import pytest

from shiftapp.domain.permission import Role
from shiftapp.http import api, places
from shiftapp.http.limits import MOST
from shiftapp.services import uploads
from shiftapp.store.prepare import Dsns
from tests.http.test_optimize import SMALL
from tests.people import enrol

NOTHING = {"files": ("staff.csv", b"x")}


def routes() -> httpx.AsyncClient:
    """Return a client of the routes, in this process."""
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(api.build(), client=("192.0.2.7", 1)), base_url="http://test"
    )


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("action", ["optimize", "import"])
async def test_a_refusal_over_http_is_one_line_in_the_audit_with_the_address(
    fresh_database: Dsns, as_owner: psycopg.Connection, monkeypatch: pytest.MonkeyPatch, action: str
) -> None:
    monkeypatch.setattr(places, "is_open", lambda: False)
    viewer = enrol(fresh_database, Role.VIEWER)
    async with routes() as client:
        client.headers["cookie"] = viewer.cookie
        if action == "optimize":
            answer = await client.post("/optimize", json={"problem": SMALL})
        else:
            answer = await client.post("/imports/files", files=NOTHING)
    assert answer.status_code == 403
    lines = as_owner.execute("SELECT user_id, action, outcome, code, address FROM audit").fetchall()
    assert lines == [(viewer.visitor.user_id, action, "refused", "refused.right", "192.0.2.7")]


def zipped(name: str, size: int) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, b"0" * size)
    return packed.getvalue()


@pytest.mark.usefixtures("database")
async def test_files_that_are_sent_together_are_bounded_together_however_well_they_pack(fresh_database: Dsns) -> None:
    manager = enrol(fresh_database)
    small = [("files", ("a.zip", zipped("a.csv", 9)))]
    half = [("files", (f"{name}.zip", zipped(f"{name}.csv", MOST // 2))) for name in "abcd"]
    async with routes() as client:
        client.headers["cookie"] = manager.cookie
        for files, most in ((small, 9), (half, MOST)):
            assert (await client.post("/imports/files", files=files)).status_code == 303
            kept = await uploads.kept(manager.visitor)
            assert isinstance(kept, dict)
            assert 9 <= sum(map(len, kept.values())) <= most
        assert b"" in kept.values(), "what was too large is there to be named, without its content"

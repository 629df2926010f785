"""The files of an import wait in the database: whichever server took them, another may go on with them."""

from dataclasses import replace

import psycopg
import pytest

from shiftapp.domain.permission import Role
from shiftapp.domain.refusal import Refused
from shiftapp.services import uploads
from shiftapp.store.database import Database
from shiftapp.store.prepare import Dsns
from tests.people import enrol

FILES = {"staff.csv": b"name\nA\n", "empty.csv": b"", "calendar.csv": "日".encode()}


async def test_files_come_back_as_they_were_to_their_session_and_team_alone(
    database: Database, fresh_database: Dsns
) -> None:
    mine = enrol(fresh_database).visitor
    colleague, stranger = enrol(fresh_database, team_id=mine.team_id).visitor, enrol(fresh_database).visitor
    await uploads.keep(mine, {"old.csv": b"old"})
    await uploads.keep(mine, FILES)
    await uploads.keep(colleague, {})
    assert await uploads.kept(mine) == FILES
    assert await uploads.kept(colleague) == {}
    assert await uploads.kept(replace(mine, team_id=stranger.team_id)) is None
    assert await uploads.kept(replace(stranger, session_id=mine.session_id)) is None
    await uploads.drop(replace(stranger, session_id=mine.session_id))
    assert await uploads.kept(mine) == FILES
    await uploads.drop(mine)
    assert await uploads.kept(mine) is None


async def test_who_may_not_import_keeps_and_reads_nothing(
    database: Database, fresh_database: Dsns, as_owner: psycopg.Connection
) -> None:
    viewer = enrol(fresh_database, Role.VIEWER).visitor
    for answer in (await uploads.keep(viewer, FILES), await uploads.kept(viewer)):
        assert isinstance(answer, Refused)
        assert answer.code == "refused.right"
    assert as_owner.execute("SELECT count(*) FROM upload").fetchone() == (0,)


async def test_what_waited_too_long_is_neither_found_nor_kept_and_only_that(
    database: Database, fresh_database: Dsns, as_owner: psycopg.Connection
) -> None:
    old, new = enrol(fresh_database).visitor, enrol(fresh_database).visitor
    for who in (old, new):
        await uploads.keep(who, FILES)
    as_owner.execute(
        "UPDATE upload SET expires_at = expires_at - make_interval(secs => %s) WHERE session_id = %s",
        (uploads.KEPT + 1, old.session_id),
    )
    assert await uploads.kept(old) is None
    assert await uploads.delete_expired() == 1
    assert as_owner.execute("SELECT session_id FROM upload").fetchall() == [(new.session_id,)]
    as_owner.execute("DELETE FROM user_session WHERE id = %s", (new.session_id,))
    assert as_owner.execute("SELECT count(*) FROM upload").fetchone() == (0,)


async def test_an_upload_and_a_teams_uploads_are_bounded(
    database: Database, fresh_database: Dsns, as_owner: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = enrol(fresh_database).visitor
    await uploads.keep(mine, {"a": b"0" * uploads.MOST_BYTES, "b\0": b"0"})
    kept = await uploads.kept(mine)
    assert isinstance(kept, dict)
    assert {name: len(content) for name, content in kept.items()} == {"a": uploads.MOST_BYTES, "b": 0}
    with pytest.raises(psycopg.errors.CheckViolation):
        as_owner.execute("UPDATE upload SET content = content || '0'")
    monkeypatch.setattr(uploads, "MOST", 2)
    others = [enrol(fresh_database, team_id=mine.team_id).visitor for _ in range(2)]
    for who in others:
        await uploads.keep(who, FILES)
    assert [await uploads.kept(who) for who in (mine, *others)] == [None, FILES, FILES]

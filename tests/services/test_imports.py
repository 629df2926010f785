"""An import happens whole or not at all, and the demo never overwrites."""

import argparse
from collections.abc import Mapping
from datetime import date

import psycopg
import pytest

from shiftapp.commands import demo as demo_command
from shiftapp.commands import import_folder as import_command
from shiftapp.domain.permission import Role
from shiftapp.domain.refusal import Refused
from shiftapp.importing.demo import demo_files
from shiftapp.importing.report import Report, Tally
from shiftapp.services.demo import create_demo
from shiftapp.services.edits import edit_cells
from shiftapp.services.imports import import_folder
from shiftapp.services.owners import find_owner
from shiftapp.store.database import Database
from shiftapp.store.prepare import Dsns
from tests.factories import add_account, add_team, kitchen

TABLES = ("staff", "staff_group", "staff_group_member", "calendar_day", "request", "period", "rule", "shift_type")


def counts(owner: psycopg.Connection) -> dict[str, int]:
    found = {}
    for table in TABLES:
        row = owner.execute(f"SELECT count(*) FROM {table}".encode()).fetchone()
        assert row is not None
        found[table] = row[0]
    return found


def texts(files: Mapping[str, str]) -> dict[str, bytes]:
    return {name: text.encode() for name, text in files.items()}


async def test_the_demo_fills_an_empty_team_and_only_that(database: Database, as_owner: psycopg.Connection) -> None:
    owner = await add_account(database, await add_team(database))
    report = await create_demo(owner)
    assert isinstance(report, Report)
    assert report.done
    assert counts(as_owner) == {
        "staff": 18, "staff_group": 7, "staff_group_member": 17, "calendar_day": 6, "request": 81, "period": 1,
        "rule": 24, "shift_type": 9,
    }  # fmt: skip
    dates = as_owner.execute("SELECT starts, ends FROM period").fetchone()
    assert dates == (date(2026, 12, 21), date(2027, 2, 20))
    before = counts(as_owner)
    assert await create_demo(owner) == Refused("demo.not_empty")
    assert counts(as_owner) == before


async def test_a_dry_run_reports_the_same_and_writes_nothing(database: Database, as_owner: psycopg.Connection) -> None:
    owner = await add_account(database, await add_team(database))
    before = counts(as_owner)
    dry = await import_folder(owner, demo_files(), dry_run=True)
    assert isinstance(dry, Report)
    assert (dry.done, counts(as_owner)) == (False, before)
    wet = await import_folder(owner, demo_files())
    assert isinstance(wet, Report)
    assert wet.done
    assert wet.tallies == dry.tallies


async def test_importing_the_same_folder_again_changes_nothing(
    database: Database, as_owner: psycopg.Connection
) -> None:
    owner = await add_account(database, await add_team(database))
    await import_folder(owner, demo_files())
    before = counts(as_owner)
    again = await import_folder(owner, demo_files())
    assert isinstance(again, Report)
    assert all(tally.added == tally.changed == 0 for tally in again.tallies.values())
    assert counts(as_owner) == before


async def test_one_bad_line_stops_the_whole_import(database: Database, as_owner: psycopg.Connection) -> None:
    owner = await add_account(database, await add_team(database))
    before = counts(as_owner)
    files = demo_files()
    files["requests.csv"] += "佐藤 健一,2027-01-01,?,yes,5,\n".encode()
    report = await import_folder(owner, files)
    assert isinstance(report, Report)
    assert [(problem.file, problem.line, problem.code) for problem in report.problems] == [
        ("requests.csv", 83, "import.bad_word")
    ]
    assert counts(as_owner) == before


async def test_what_has_the_same_name_or_date_is_replaced_and_the_rest_stays(
    database: Database, as_owner: psycopg.Connection
) -> None:
    k = await kitchen(database, 3, groups=[[0, 1]])
    files = texts(
        {
            "staff.csv": "name,position\nPerson 0,Chef\nNewcomer,Cook\n",
            "groups.csv": "group,members\nGroup 0,Person 0;Newcomer\n",
            "calendar.csv": "date,kind\n2027-01-01,must_off\n",
            "requests.csv": "name,date,symbol\nPerson 1,2026-12-24,×\n",
        }
    )
    report = await import_folder(k.owner, files)
    assert isinstance(report, Report)
    assert report.tallies == {
        "staff": Tally(1, 1, 0), "groups": Tally(0, 1, 0), "calendar": Tally(1), "requests": Tally(1),
        "periods": Tally(),
    }  # fmt: skip
    rows = as_owner.execute("SELECT name, position FROM staff ORDER BY name").fetchall()
    assert rows == [("Newcomer", "Cook"), ("Person 0", "Chef"), ("Person 1", ""), ("Person 2", "")]


async def test_an_employment_that_would_cut_off_cells_is_a_problem_of_its_line(database: Database) -> None:
    k = await kitchen(database)
    await edit_cells(k.owner, k.put(0, 5, "×"))
    report = await import_folder(k.owner, texts({"staff.csv": "name,employed_to\nPerson 0,2026-12-22\n"}))
    assert isinstance(report, Report)
    assert [(problem.line, problem.code) for problem in report.problems] == [(2, "import.cells_outside")]
    await edit_cells(k.owner, k.put(0, 5, None))
    report = await import_folder(k.owner, texts({"staff.csv": "name,employed_to\nPerson 0,2026-12-22\n"}))
    assert isinstance(report, Report)
    assert report.done


async def test_who_may_not_import_imports_nothing(database: Database) -> None:
    viewer = await add_account(database, await add_team(database), Role.VIEWER)
    for answer in (await create_demo(viewer), await import_folder(viewer, demo_files())):
        assert isinstance(answer, Refused)
        assert answer.code == "refused.right"


async def test_the_demo_command_makes_an_account_once(
    fresh_database: Dsns, as_owner: psycopg.Connection, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await demo_command.make_demo(fresh_database, "en") == 0
    printed = capsys.readouterr().out
    assert "Sign in as demo@example.com with the password " in printed
    password = printed.rsplit(maxsplit=1)[-1]
    assert len(password) >= 16
    before = counts(as_owner)
    assert await demo_command.make_demo(fresh_database, "en") == 0
    assert "already" in capsys.readouterr().out
    assert counts(as_owner) == before


async def test_the_demo_command_fills_an_owners_empty_team_and_leaves_a_used_one_alone(
    database: Database, fresh_database: Dsns, as_owner: psycopg.Connection, capsys: pytest.CaptureFixture[str]
) -> None:
    team = await add_team(database)
    owner = await add_account(database, team)
    as_owner.execute("UPDATE user_account SET home_team = %s WHERE id = %s", (team, owner.user_id))
    assert await demo_command.make_demo(fresh_database, "en") == 0
    assert "password" not in capsys.readouterr().out
    teams = as_owner.execute("SELECT DISTINCT team_id FROM staff").fetchall()
    assert teams == [(team,)]
    assert await demo_command.make_demo(fresh_database, "en") == 0
    assert "demo@example.com" in capsys.readouterr().out
    staff = as_owner.execute("SELECT count(*) FROM staff WHERE team_id = %s", (team,)).fetchone()
    assert staff == (18,)


async def test_the_import_command_works_for_the_owner_that_is_named(
    database: Database, fresh_database: Dsns, as_owner: psycopg.Connection, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):
        team = await add_team(database)
        owner = await add_account(database, team)
        as_owner.execute("UPDATE user_account SET home_team = %s WHERE id = %s", (team, owner.user_id))
    emails = [row[0] for row in as_owner.execute("SELECT email FROM user_account ORDER BY id").fetchall()]
    second = await find_owner(emails[1].upper())
    assert second == await find_owner(emails[1])
    assert second is not None
    assert await import_command.run_import(fresh_database.app, demo_files(), emails[1], False) == 0
    assert as_owner.execute("SELECT DISTINCT team_id FROM staff").fetchall() == [(second.team_id,)]
    bad = texts({"staff.csv": "name\nA\nA\n"})
    assert await import_command.run_import(fresh_database.app, bad, emails[0], False) == 1
    assert "staff.csv 3行目: 2行目と重複しています。" in capsys.readouterr().out


def test_the_commands_declare_their_arguments() -> None:
    parser = argparse.ArgumentParser()
    import_command.configure(parser)
    parsed = parser.parse_args(["folder", "--dry-run", "--email", "a@example.com"])
    assert (parsed.folder.name, parsed.dry_run, parsed.email) == ("folder", True, "a@example.com")

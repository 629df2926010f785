"""The embedded PostgreSQL: one for all servers of a data directory, stopped after the last, its data kept."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from shiftapp.errors import CannotStart
from shiftapp.store import embedded
from shiftapp.store.cluster import OWNER, Place, version
from tests.served import PROJECT

SERVER = """
import sys, time
from pathlib import Path
from shiftapp.store import embedded
embedded.start(Path(sys.argv[1]))
print("up", flush=True)
time.sleep(600)
"""


@pytest.fixture
def root(tmp_path: Path) -> Iterator[Path]:
    root = tmp_path / "data"
    yield root
    embedded.release(root)
    assert not root.exists() or embedded.await_stop(root)


def server(root: Path) -> subprocess.Popen[str]:
    """Start another process that uses the database in `root`, and wait until it does."""
    process = subprocess.Popen(
        [sys.executable, "-c", SERVER, str(root)], cwd=PROJECT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "up\n"
    return process


def ask(place: Place, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(place.dsn(OWNER, "postgres"), autocommit=True) as connection:
        cursor = connection.execute(statement.encode())
        return cursor.fetchall() if cursor.description else []


def postmaster(place: Place) -> psutil.Process:
    return psutil.Process(int((place.data / "postmaster.pid").read_text().split("\n")[0]))


def test_data_outlives_the_database(root: Path):
    place = embedded.start(root)
    ask(place, "CREATE TABLE kept AS SELECT 42 AS n")
    embedded.release(root)
    assert embedded.await_stop(root)
    assert ask(embedded.start(root), "SELECT n FROM kept") == [(42,)]


def test_only_its_owner_may_enter(root: Path):
    place = embedded.start(root)
    assert [oct(path.stat().st_mode & 0o777) for path in (root, place.data, place.socket_dir)] == ["0o700"] * 3
    assert ask(place, "SHOW listen_addresses") == [("",)]
    assert all(connection.family.name == "AF_UNIX" for connection in postmaster(place).net_connections("all"))


def test_the_database_stays_for_the_second_server_when_the_first_is_killed(root: Path):
    first, second = server(root), server(root)
    place = Place(root)
    pid = postmaster(place).pid
    first.kill()
    first.wait()
    time.sleep(0.2)
    assert postmaster(place).pid == pid
    assert ask(place, "SELECT 1") == [(1,)]
    second.kill()
    second.wait()
    assert embedded.await_stop(root)
    assert not psutil.pid_exists(pid)


def test_many_servers_at_once_start_one_database(root: Path):
    servers = [server(root) for _ in range(2)]
    starting = [
        subprocess.Popen([sys.executable, "-c", SERVER, str(root)], cwd=PROJECT, stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    assert all(process.stdout is not None and process.stdout.readline() == "up\n" for process in starting)
    for process in servers + starting:
        process.kill()
        process.wait()


def test_a_crashed_database_comes_back_with_what_was_committed(root: Path):
    place = embedded.start(root)
    ask(place, "CREATE TABLE kept AS SELECT 42 AS n")
    time.sleep(5.1)  # the warden starts again only what had run (warden.LIVED)
    crashed = postmaster(place)
    crashed.kill()
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            assert ask(place, "SELECT n FROM kept") == [(42,)]
            break
        except psycopg.OperationalError:
            time.sleep(0.05)
    assert postmaster(place).pid != crashed.pid


def test_the_death_of_the_warden_ends_the_database_and_the_next_start_finds_it(root: Path):
    place = embedded.start(root)
    ask(place, "CREATE TABLE kept AS SELECT 42 AS n")
    database = postmaster(place)
    warden = database.parent()
    assert warden is not None
    assert "warden.py" in " ".join(warden.cmdline())
    warden.kill()
    warden.wait()
    assert ask(embedded.start(root), "SELECT n FROM kept") == [(42,)]
    assert not database.is_running()


def test_no_warden_stays_behind_as_a_zombie(root: Path):
    embedded.start(root)
    embedded.release(root)
    assert embedded.await_stop(root)
    states = [child.status() for child in psutil.Process().children()]
    assert psutil.STATUS_ZOMBIE not in states


def test_a_pid_file_of_something_else_is_no_obstacle(root: Path):
    place = embedded.start(root)
    embedded.release(root)
    assert embedded.await_stop(root)
    stranger = subprocess.Popen(["sleep", "600"])
    (place.data / "postmaster.pid").write_text(f"{stranger.pid}\n{place.data}\n")
    assert ask(embedded.start(root), "SELECT 1") == [(1,)]
    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()


def test_a_broken_off_first_start_is_begun_again(root: Path):
    (root / "postgres.new").mkdir(parents=True)
    (root / "postgres.new" / "half").write_text("a cluster")
    assert ask(embedded.start(root), "SELECT 1") == [(1,)]


def test_a_path_too_long_for_a_socket_works(root: Path, tmp_path: Path):
    deep = tmp_path / ("d" * 100) / "data"
    place = embedded.start(deep)
    assert ask(place, "SELECT 1") == [(1,)]
    embedded.release(deep)
    assert embedded.await_stop(deep)
    assert place.socket_dir.stat().st_uid == os.geteuid()
    place.socket_dir.rmdir()


def test_the_data_of_another_version_is_refused_by_name(root: Path):
    place = Place(root)
    place.data.mkdir(parents=True)
    (place.data / "PG_VERSION").write_text("15\n")
    with pytest.raises(CannotStart, match=rf"PostgreSQL 15 .* {version()}"):
        embedded.start(root)


def test_what_postgresql_complains_of_is_one_line(root: Path):
    with pytest.raises(CannotStart, match="shared_buffers") as refused:
        embedded.start(root, {"shared_buffers": "nonsense"})
    assert "\n" not in str(refused.value)
    assert ask(embedded.start(root), "SELECT 1") == [(1,)], "and the next start is not hindered"


def test_a_stop_on_purpose_is_not_undone(root: Path):
    """The control of the crash: only what failed is started again."""
    place = embedded.start(root)
    time.sleep(5.1)
    postmaster(place).send_signal(signal.SIGINT)
    assert embedded.await_stop(root)
    assert not (place.data / "postmaster.pid").exists()

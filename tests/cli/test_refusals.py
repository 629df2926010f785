"""What stands in the way of a start is said in one line, without a traceback, with an exit status."""

import os
import re
import shutil
import socket
import stat
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from shiftapp.errors import CannotStart
from shiftapp.store import embedded
from shiftapp.store.cluster import Place
from shiftapp.store.prepare import prepare_embedded
from tests.conftest import clone
from tests.served import PROJECT, free_port


def run(environment: dict[str, str], *arguments: str, prefix: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return subprocess.run(
        [*prefix, sys.executable, "-m", "shiftapp", *(arguments or ("serve",))],
        cwd=PROJECT,
        env={**inherited, "SHIFTAPP_PORT": str(free_port()), **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
    )


def the_line(done: subprocess.CompletedProcess[str]) -> str:
    """Return the one line of a refusal."""
    assert done.returncode != 0
    assert done.stdout == ""
    lines = done.stderr.splitlines()
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith("shiftapp: ")
    return lines[0]


def test_a_taken_port(tmp_path: Path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        line = the_line(run({"SHIFTAPP_PORT": port, "SHIFTAPP_DATA_DIR": str(tmp_path / "data")}))
    assert f"Port {port} is taken" in line
    assert "SHIFTAPP_PORT" in line
    assert not (tmp_path / "data").exists(), "nothing was begun"


@pytest.mark.parametrize(
    ("url", "telling"),
    [
        ("postgresql://me:secret@127.0.0.1:1/there", "127.0.0.1:1/there"),
        ("postgresql://me:secret@no-such-host.invalid/there", "no-such-host.invalid:5432/there"),
        ("postgres://me:secret@127.0.0.1:1/there?sslmode=nonsense", "sslmode"),
    ],
)
def test_an_unreachable_database_is_named_without_its_password(url: str, telling: str, tmp_path: Path):
    line = the_line(run({"DATABASE_URL": url, "SHIFTAPP_DATA_DIR": str(tmp_path / "data")}))
    assert telling in line
    assert "DATABASE_URL" in line
    assert "secret" not in line
    assert not (tmp_path / "data").exists(), "nothing embedded starts"


@pytest.mark.parametrize("url", ["mysql://there/db", "there"])
def test_another_kind_of_database(url: str):
    assert "DATABASE_URL: must start with postgresql://" in the_line(run({"DATABASE_URL": url}))


@pytest.mark.parametrize("port", ["0", "65536", "http"])
def test_an_impossible_port(port: str):
    assert "SHIFTAPP_PORT: " in the_line(run({"SHIFTAPP_PORT": port}))


def test_a_data_directory_that_is_a_file(tmp_path: Path):
    (tmp_path / "data").write_text("")
    line = the_line(run({"SHIFTAPP_DATA_DIR": str(tmp_path / "data")}))
    assert f"Cannot write to the data directory {tmp_path / 'data'}" in line


def test_a_data_directory_on_which_nothing_can_be_written():
    """Of /proc not even root can make a part."""
    line = the_line(run({"SHIFTAPP_DATA_DIR": "/proc/shiftapp"}))
    assert "Cannot write to the data directory /proc/shiftapp" in line


def test_a_data_directory_of_another_postgresql(tmp_path: Path):
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "PG_VERSION").write_text("15\n")
    assert "made by PostgreSQL 15" in the_line(run({"SHIFTAPP_DATA_DIR": str(tmp_path)}))


def test_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A disk of 8 MB holds no cluster. Where no small disk can be made, the fault is what initdb says on one."""
    root = tmp_path / "data"
    wanted = f"The disk that holds {root} is full"
    namespace = ("unshare", "-m") if os.geteuid() == 0 else ("unshare", "-rm")
    mount = (*namespace, "sh", "-c", f'mount -t tmpfs -o size=8m none "{tmp_path}" && exec "$0" "$@"')
    if shutil.which("unshare") and subprocess.run([*mount, "true"], capture_output=True).returncode == 0:
        assert wanted in the_line(run({"SHIFTAPP_DATA_DIR": str(root)}, prefix=mount))
        return
    said = 'initdb: error: could not write to file "pg_wal": No space left on device'
    monkeypatch.setattr(embedded, "initialise", lambda _place, _runner: said)
    with pytest.raises(CannotStart, match=re.escape(wanted)):
        embedded.start(root)


def test_a_python_that_is_too_old(tmp_path: Path):
    """`make setup` looks for another Python, and names what it found when there is none."""
    (tmp_path / "bin").mkdir()
    for name in ("sh", "rm", "make", "awk", "touch"):
        (tmp_path / "bin" / name).symlink_to(shutil.which(name) or "/bin/false")
    old = tmp_path / "bin" / "python3"
    old.write_text('#!/bin/sh\n[ "$1" = --version ] && echo "Python 3.9.2" && exit 0\nexit 1\n')
    old.chmod(old.stat().st_mode | stat.S_IXUSR)
    for name in ("Makefile", "requirements.txt"):
        shutil.copy(PROJECT / name, tmp_path)
    shutil.copytree(PROJECT / "tools", tmp_path / "tools")
    done = subprocess.run(
        ["make", "setup"], cwd=tmp_path, env={"PATH": str(tmp_path / "bin")}, capture_output=True, text=True
    )
    assert done.returncode != 0
    said = done.stderr.splitlines()
    assert said[0].startswith("shiftapp: needs Python 3.11 or newer (found: Python 3.9.2)")
    assert len([line for line in said if not line.startswith("make: ")]) == 1
    assert not (tmp_path / ".venv").exists()


def test_a_newer_program_wrote_the_database(cluster: Place, template: str):
    for dsns in clone(cluster, template):
        with psycopg.connect(dsns.owner, autocommit=True) as connection:
            connection.execute("UPDATE alembic_version SET version_num = '9999'")
            name = connection.info.dbname
        with pytest.raises(CannotStart, match=r"newer shiftapp \(revision 9999\)"):
            prepare_embedded(cluster, name)


def test_an_unknown_command_says_which_there_are():
    done = run({}, "sevre")
    assert done.returncode == 2
    assert "serve" in done.stderr
    assert "Traceback" not in done.stderr

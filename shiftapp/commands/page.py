"""Build the page once, and again only when what it is made of changed."""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from shiftapp.commands.group import Group
from shiftapp.errors import CannotStart
from shiftapp.settings import PROJECT

TOOLS = ("requirements.txt", "rxconfig.py")
"""What decides how a page is built: another one starts from an empty folder."""
SOURCES = ("shiftapp/ui", "shiftapp/domain", "shiftapp/shiftapp.py", "shiftapp/__init__.py", "assets")
"""What a page is made of."""
LOCK = ("reflex.lock",)
"""The versions of the page's packages; Reflex adds to them what a page newly needs."""
PASSING = {"__pycache__", "external"}
"""Folders that are made, not written."""


def web_folder() -> Path:
    """Return the folder Reflex builds in."""
    return (PROJECT / os.environ.get("REFLEX_WEB_WORKDIR", ".web")).absolute()


def built_page() -> Path:
    """Return the folder of the finished page."""
    return web_folder() / "build" / "client"


def digest(names: tuple[str, ...]) -> str:
    """Return a hash of the project's named files and folders: of their paths and contents, not of their times."""
    total = hashlib.sha256()
    for name in names:
        for file in _files(PROJECT / name):
            total.update(f"{file.relative_to(PROJECT)}\0{file.stat().st_size}\0".encode())
            total.update(file.read_bytes())
    return total.hexdigest()


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    found = (file for file in path.rglob("*") if file.is_file())
    return sorted(file for file in found if not set(file.relative_to(path).parts) & PASSING)


@contextmanager
def _alone() -> Generator[None, None, None]:
    """One build at a time in one folder."""
    with (PROJECT / "rxconfig.py").open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


@contextmanager
def _spelling_kept(folder: Path) -> Generator[None, None, None]:
    """Undo what only changes the spacing of the JSON files in `folder`: Reflex writes them now so, now so."""
    before = {file: file.read_bytes() for file in folder.glob("*.json")}
    yield
    for file, content in before.items():
        if file.exists() and file.read_bytes() != content and json.loads(file.read_bytes()) == json.loads(content):
            file.write_bytes(content)


def build_page() -> float:
    """Make the built page match its sources.

    Returns
    -------
    float
        Seconds it took; 0.0: the page stood.

    Raises
    ------
    CannotStart
        The build failed; the message names the log.
    """
    with _alone():
        tools, sources = digest(TOOLS), digest(SOURCES)
        stamp = web_folder() / "shiftapp-build"
        built = stamp.read_text().split() if stamp.exists() else []
        if built == [tools, sources, digest(LOCK)] and (built_page() / "index.html").exists():
            return 0.0
        started = time.monotonic()
        print("Building the page (half a minute the first time) …", file=sys.stderr, flush=True)
        if built[:1] != [tools]:
            shutil.rmtree(web_folder(), ignore_errors=True)
        stamp.unlink(missing_ok=True)
        with _spelling_kept(PROJECT / LOCK[0]):
            _export()
        stamp.write_text(f"{tools} {sources} {digest(LOCK)}\n")
        return time.monotonic() - started


def _export() -> None:
    web_folder().mkdir(parents=True, exist_ok=True)
    log = web_folder().parent / ".web.log"
    environment = {**os.environ, "REFLEX_ENV_MODE": "prod", "NPM_CONFIG_REGISTRY": _registry()}
    command = [sys.executable, "-m", "reflex", "export", "--frontend-only", "--no-zip", "--env", "prod"]
    with log.open("w+b") as output:
        group = Group(command, environment, PROJECT, output)
        try:
            status = group.wait()
        finally:
            group.kill()
        if status == 0 and (built_page() / "index.html").exists():
            return
        output.seek(0)
        said = [line.strip() for line in output.read().decode(errors="replace").splitlines() if line.strip()]
    telling = next((line for line in reversed(said) if "rror" in line), said[-1] if said else f"exit status {status}")
    raise CannotStart(f"The page does not build: {telling} (log: {log})")


def _registry() -> str:
    """Return the registry that npm is set to use, so that Reflex need not try out several."""
    npm = Path(sys.executable).parent / "npm"
    asked = subprocess.run([npm, "config", "get", "registry"], capture_output=True, text=True, stdin=subprocess.DEVNULL)
    return asked.stdout.strip() or "https://registry.npmjs.org"

"""Find a Chromium for the browser tests, or install one."""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""The first is the same browser without windows: a page costs a fifth less of the processor."""
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
ADVICE = (
    "The browser tests need Chromium and none was found or could be installed. "
    "Install it (Debian: apt-get install chromium) or name one: CHROMIUM=/path/to/chromium make test"
)


@cache
def chromium() -> str | None:
    """Return the path of a Chromium; None where none is to be had. One process at a time installs it."""
    with (Path(tempfile.gettempdir()) / f"shiftapp-chromium-{os.geteuid()}.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        return _found() or _from_debian() or _from_playwright()


def _found() -> str | None:
    named = os.environ.get("CHROMIUM")
    paths = [named] if named else [shutil.which(name) for name in NAMES]
    if not named and MAC.exists():
        paths.append(str(MAC))
    return next((path for path in paths if path and os.access(path, os.X_OK)), None)


def _quietly(*command: str, seconds: float = 600) -> bool:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(
            command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=seconds, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _from_debian() -> str | None:
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return None
    install = "apt-get", "install", "-y", "--no-install-recommends", "fonts-noto-cjk"
    for _ in range(2):
        if any(_quietly(*install, name) for name in NAMES[:2]):
            return _found()
        _quietly("apt-get", "update")
    return None


def _from_playwright() -> str | None:
    if not _quietly(sys.executable, "-m", "playwright", "install", "chromium"):
        return None
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if os.access(path, os.X_OK) else None

"""``python -m tests.load.start_up``: from ``git clone`` to a page that answers, and the second start.

Clones this repository into a temporary folder, where there is neither an environment nor a built page nor a database,
and runs what a newcomer runs: ``make run``. What pip and npm have in their caches is used, as on a machine that has
seen other projects. The last line is one JSON object, in seconds.
"""

import http.client
import json
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from tests.served import PROJECT, Served

AT_MOST = 600.0
ENVIRONMENT = {"VIRTUAL_ENV": "", "PYTHONPATH": ""}
"""Nothing of the environment this runs in."""


def clone(folder: Path) -> None:
    """Clone what is committed here."""
    subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", str(PROJECT), str(folder)], check=True)


def page(port: int) -> None:
    """Fetch the first page."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/login")
    answer = connection.getresponse()
    assert answer.status == http.client.OK, answer.status
    assert b"<html" in answer.read()


def start(folder: Path) -> float:
    """Run ``make run`` until the page is served, stop it again; return the seconds it took."""
    began = time.monotonic()
    data = {"SHIFTAPP_DATA_DIR": str(folder / ".data"), **ENVIRONMENT}
    served = Served(data, ("make", "--silent", "run"), folder=folder)
    try:
        served.wait_until_ready(AT_MOST)
        page(served.port)
        return time.monotonic() - began
    finally:
        served.end()


def main() -> None:
    """Measure and print."""
    place = Path(tempfile.mkdtemp(prefix="shiftapp-start-"))
    try:
        began = time.monotonic()
        clone(place / "shiftapp")
        cloned = time.monotonic() - began
        found = {"clone": cloned, "first_start": start(place / "shiftapp"), "second_start": start(place / "shiftapp")}
    finally:
        shutil.rmtree(place)
    found["clone_to_page"] = found["clone"] + found["first_start"]
    for what, seconds in found.items():
        print(f"{what.replace('_', ' '):14}{seconds:7.1f} s")
    rounded = {what: round(seconds, 1) for what, seconds in found.items()}
    print(json.dumps({**rounded, "cores": os.cpu_count(), "load": [round(one, 1) for one in os.getloadavg()]}))


if __name__ == "__main__":
    main()

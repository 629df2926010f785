"""``python -m shiftapp dev``: page, socket and routes on one port, rebuilt when a source changes."""

import argparse
import os
import sys

from shiftapp.commands.group import Group
from shiftapp.commands.serve import STOP_SECONDS, child_environment, refuse_taken_port
from shiftapp.commands.setup_link import first_run
from shiftapp.commands.watch import Watch
from shiftapp.settings import PROJECT, Settings
from shiftapp.store.prepare import prepare


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments: none."""


def run(settings: Settings, arguments: argparse.Namespace) -> int:
    """Serve until a signal; the database stays up across reloads because this process holds it."""
    parent = os.getppid()
    refuse_taken_port(settings)
    if (link := first_run(settings, prepare(settings).app)) is not None:
        print(link)
    print(settings.address, flush=True)
    watch = Watch(parent)
    port = ["--frontend-port", str(settings.port), "--backend-port", str(settings.port)]
    command = [sys.executable, "-m", "reflex", "run", "--env", "preview", *port]
    group = Group(command, child_environment(settings), PROJECT)
    try:
        if watch.until_end(group) == "ended":
            return group.status or 0
        group.stop(STOP_SECONDS)
        return 0
    finally:
        group.kill()

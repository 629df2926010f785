"""The command line: ``python -m shiftapp COMMAND``.

A command is a line in `COMMANDS` and a module with ``configure(parser)`` and ``run(settings, arguments) -> status``.
The module is imported only when its command is called.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module

from shiftapp import __version__
from shiftapp.errors import CannotStart
from shiftapp.settings import settings


@dataclass(frozen=True)
class Command:
    """One command: its name, one line of help, and the module that runs it."""

    name: str
    help: str
    module: str


COMMANDS = (
    Command("serve", "serve page and socket from one port", "shiftapp.commands.serve"),
    Command("dev", "serve with hot reload", "shiftapp.commands.dev"),
    Command("setup-link", "print a new one-time link for the first account", "shiftapp.commands.setup_link"),
    Command("create-admin", "make an owner, or give one a new password", "shiftapp.commands.create_admin"),
    Command("worker", "take runs from the queue and solve them", "shiftapp.commands.worker"),
    Command("demo", "fill an empty team with the demo kitchen", "shiftapp.commands.demo"),
    Command("import", "bring a folder of CSV files into a team", "shiftapp.commands.import_folder"),
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; what cannot start says so in one line.

    Returns
    -------
    int
        Exit status: 0 done, 1 refused, 2 wrong usage, 130 interrupted.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    chosen = next((command for command in COMMANDS if arguments[:1] == [command.name]), None)
    parser = argparse.ArgumentParser(prog="python -m shiftapp", description="Shift rosters, live and solved.")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in COMMANDS:
        subparser = commands.add_parser(command.name, help=command.help, description=command.help)
        if command is chosen:
            import_module(command.module).configure(subparser)
    parsed = parser.parse_args(arguments)
    assert chosen is not None
    try:
        return int(import_module(chosen.module).run(settings(), parsed))
    except CannotStart as refused:
        print(f"shiftapp: {refused}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130

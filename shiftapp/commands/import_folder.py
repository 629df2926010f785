"""``python -m shiftapp import DIR``: bring a folder of CSV files into an owner's team."""

import argparse
import asyncio
from pathlib import Path

from shiftapp.domain.refusal import Refused
from shiftapp.domain.visitor import Language, Visitor
from shiftapp.errors import CannotStart
from shiftapp.importing.folder import FILES
from shiftapp.importing.report import Problem, Report
from shiftapp.importing.table import LARGEST
from shiftapp.services.imports import import_folder
from shiftapp.services.owners import any_account, find_owner
from shiftapp.settings import Settings
from shiftapp.store.database import Database, bind
from shiftapp.store.prepare import prepare
from shiftapp.ui.text import text


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("folder", type=Path, metavar="DIR", help=f"folder with {', '.join(FILES)}")
    parser.add_argument("--dry-run", action="store_true", help="check everything and import nothing")
    parser.add_argument("--email", help="whose team to import into; by default the first owner's")


def run(settings: Settings, arguments: argparse.Namespace) -> int:
    """Import, or say line by line what stands in the way; returns the exit status."""
    files = _read(arguments.folder)
    return asyncio.run(run_import(prepare(settings).app, files, arguments.email, arguments.dry_run))


def _read(folder: Path) -> dict[str, bytes]:
    try:
        found = sorted(path for path in folder.iterdir() if path.is_file())
        wanted = [path for path in found if path.name in FILES]
        return {path.name: b"" for path in found} | {path.name: _content(path) for path in wanted}
    except OSError as refused:
        raise CannotStart(f"{refused.filename or folder}: {refused.strerror}") from None


def _content(path: Path) -> bytes:
    """Return a file; of one that is too large no more than shows that it is."""
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


async def run_import(dsn: str, files: dict[str, bytes], email: str | None, dry_run: bool) -> int:
    """Import into the team of that owner, and print the report; return the exit status."""
    opened = await Database.open(dsn, pool_size=5)
    bind(opened)
    try:
        owner = await _owner(email)
        answer = await import_folder(owner, files, dry_run=dry_run)
    finally:
        bind(None)
        await opened.close()
    if isinstance(answer, Refused):
        print(text(answer.code, owner.language, **answer.args))
        return 1
    print_report(answer, owner.language)
    return 1 if answer.problems else 0


async def _owner(email: str | None) -> Visitor:
    owner = await find_owner(email)
    if owner is not None:
        return owner
    if email is not None and await any_account():
        raise CannotStart(f"--email {email}: no owner of a team signs in with this address.")
    raise CannotStart(
        "There is no owner to import for. Open the set-up link that `make run` prints, or: "
        "python -m shiftapp create-admin --email ADDRESS --team NAME"
    )


def print_report(report: Report, language: Language) -> None:
    """Print what an import did, would do, or needs first."""
    for problem in report.problems:
        print(_worded(problem, language))
    for what, tally in report.tallies.items():
        numbers = {"added": tally.added, "changed": tally.changed, "same": tally.same}
        print(text("import.tally", language, what=text(f"import.{what}", language), **numbers))
    if report.ignored:
        print(text("import.ignored", language, files=", ".join(report.ignored)))
    if report.problems:
        print(text("import.stopped", language, count=len(report.problems)))
    else:
        print(text("import.done" if report.done else "import.dry", language))


def _worded(problem: Problem, language: Language) -> str:
    what = text(problem.code, language, **problem.args)
    if not problem.file:
        return what
    where = text("import.where", language, file=problem.file, line=problem.line) if problem.line else problem.file
    return f"{where}: {what}"

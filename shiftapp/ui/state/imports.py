"""The import page: what the files that were sent would do, and doing it."""

import time
from typing import Any

import reflex as rx

from shiftapp.domain.permission import Action
from shiftapp.domain.refusal import Refused
from shiftapp.domain.visitor import Visitor
from shiftapp.importing.report import Report
from shiftapp.services import uploads
from shiftapp.services.boards import join_board
from shiftapp.services.imports import import_folder
from shiftapp.ui.gate import handler
from shiftapp.ui.state.board import Board
from shiftapp.ui.state.live import live

SHOWN = 200
"""Problems drawn; more are counted."""


@live
class ImportNewsState(Board, rx.State):
    """``changed``: when the team's data changed last, in milliseconds since 1970, by the page's server."""

    changed: int = 0


class ImportState(rx.State):
    """What the page shows: nothing sent yet, or the report of a dry run."""

    stage: str = "looking"
    """``looking``, ``choose``, or ``checked``."""
    checked: int = 0
    """When it was checked, in milliseconds since 1970, by the same clock."""
    count: int = 0
    problems: rx.Field[list[dict[str, Any]]] = rx.field(default_factory=list)
    tallies: rx.Field[list[dict[str, Any]]] = rx.field(default_factory=list)
    ignored: str = ""

    @handler(Action.IMPORT)
    async def open(self, who: Visitor) -> Any:
        """Check what was sent, if anything was; the page asks again whenever the team's data changes."""
        await join_board(who, self.router.session.session_id, "import")
        self.checked = time.time_ns() // 1_000_000
        files = await uploads.kept(who)
        if files is None or isinstance(files, Refused):
            self._forget()
            return files
        return self._show(await import_folder(who, files, dry_run=True))

    @handler(Action.IMPORT)
    async def confirm(self, who: Visitor) -> Any:
        """Import what was checked; what has changed since may still stand in the way, and is shown."""
        files = await uploads.kept(who)
        if files is None or isinstance(files, Refused):
            self._forget()
            return files or Refused("import.expired")
        answer = await import_folder(who, files)
        if isinstance(answer, Refused) or not answer.done:
            return self._show(answer)
        await uploads.drop(who)
        self._forget()
        return rx.redirect("/")

    @handler(Action.IMPORT)
    async def again(self, who: Visitor) -> None:
        """Leave these files and choose others."""
        await uploads.drop(who)
        self._forget()

    def _forget(self) -> None:
        self.stage, self.count, self.problems, self.tallies, self.ignored = "choose", 0, [], [], ""

    def _show(self, report: Report | Refused) -> Refused | None:
        if isinstance(report, Refused):
            self._forget()
            return report
        self.stage, self.count, self.ignored = "checked", len(report.problems), ", ".join(report.ignored)
        self.problems = [
            {
                "file": each.file,
                "line": each.line,
                "code": each.code,
                "given": {k: str(v) for k, v in each.args.items()},
            }
            for each in report.problems[:SHOWN]
        ]
        self.tallies = [
            {"what": what, "added": tally.added, "changed": tally.changed, "same": tally.same}
            for what, tally in report.tallies.items()
        ]
        return None

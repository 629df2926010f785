"""What the pages of signing in and of the first run are told by the server; their forms go to routes, not here."""

from typing import Any

import reflex as rx

from shiftapp.auth import told
from shiftapp.domain.visitor import Visitor
from shiftapp.services.first_run import setup_open
from shiftapp.ui.gate import public


class Told(rx.State, mixin=True):
    """What a form that was sent back says, and what had been typed."""

    code: str = ""
    args: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    typed: rx.Field[dict[str, str]] = rx.field(default_factory=dict)

    def _read_told(self) -> None:
        found = told.unpack(self.router.headers.cookie)
        self.code, self.args, self.typed = found.get("code", ""), found.get("args", {}), found.get("typed", {})


class SignInState(Told, rx.State):
    """The sign-in page."""

    next: str = "/"

    @public()
    async def open(self, who: Visitor | None) -> Any:
        """Say what went wrong; who is signed in already goes on."""
        self.next = self.router.url.query_parameters.get("next", "/")
        if who is not None:
            inside = self.next.startswith("/") and not self.next.startswith(("//", "/\\", "/login"))
            return rx.redirect(self.next if inside else "/")
        self._read_told()
        return None


class SetupState(Told, rx.State):
    """The set-up page."""

    token: str = ""
    link: str = "looking"
    """``looking``, ``open``, or ``void``."""

    @public()
    async def open(self, who: Visitor | None) -> None:
        """Look at the link."""
        token = self.router.url.query_parameters.get("token", "")
        self.token = token[:100]
        self.link = "open" if token and await setup_open(token) else "void"
        self._read_told()

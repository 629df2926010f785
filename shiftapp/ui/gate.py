"""The one door between a socket and a handler.

Any socket can call any public method of any state, with any arguments, before it has loaded a page. So every handler is
declared here with what it does and what it is sent::

    @handler(Action.EDIT_CELLS, EditAsked)
    async def edit(self, who: Visitor, asked: EditAsked) -> Any: ...

The page calls it with one dict: ``GridState.edit({...})``. The declared method finds the visitor by the session cookie,
checks the right, parses the dict, and only then runs the body. What is not declared never gets here: `shiftapp.ui.door`
stops it at the socket. Services authorise again.
"""

import inspect
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

import reflex as rx
from psycopg import OperationalError as DriverLost
from psycopg_pool import PoolTimeout
from pydantic import BaseModel, ValidationError
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as EngineTimeout

from shiftapp.domain.permission import Action, may
from shiftapp.domain.refusal import Refused
from shiftapp.services.accounts import note_refusal
from shiftapp.services.visitors import whoami
from shiftapp.ui.state.notice import refuse

DATABASE_AWAY: Final = (DriverLost, PoolTimeout, OperationalError, InterfaceError, EngineTimeout, ConnectionError)
MARK: Final = "__declared__"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Declared:
    """What a handler is for: ``action`` is ``None`` for those open to visitors who are not signed in."""

    action: Action | None
    payload: type[BaseModel] | None
    afterwards: Callable[[Any, Any, Refused | None], bool] | None = None


@dataclass(frozen=True, slots=True)
class Admitted:
    """A visitor the gate let in: what the handler's body is called with."""

    arguments: tuple[Any, ...]


def handler(
    action: Action,
    payload: type[BaseModel] | None = None,
    afterwards: Callable[[Any, Any, Refused | None], bool] | None = None,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare a handler for signed-in visitors whose role has the right to ``action``.

    Parameters
    ----------
    action
        The right it needs.
    payload
        Model of the one dict it is called with, handed over as the last argument; ``None`` for a handler without.
    afterwards
        Called with the state, what the page sent, unread, and why it was refused, when it is decided: also where it was
        refused at the door, but not where its visitor has to sign in first. Says whether the page is told by it.
    """
    return _declare(Declared(action, payload, afterwards))


def public(payload: type[BaseModel] | None = None) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare a handler for anybody; its visitor is ``None`` where nobody is signed in."""
    return _declare(Declared(None, payload))


def declared(function: Any) -> Declared | None:
    """Return what a handler's function was declared with; ``None`` for one that was not."""
    return getattr(function, MARK, None)


def sign_in_again(path: str) -> Any:
    """Send the page to the sign-in, to come back to ``path`` afterwards; one that is there already stays as it is."""
    if path == "/login":
        return []
    return rx.redirect("/login" if path in ("", "/") else f"/login?next={quote(path, safe='/')}")


def _declare(given: Declared) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    def wrap(body: Callable[..., Any]) -> Callable[..., Any]:
        call = _streaming(given, body) if inspect.isasyncgenfunction(body) else _answering(given, body)
        call.__name__, call.__qualname__, call.__module__ = body.__name__, body.__qualname__, body.__module__
        call.__doc__ = body.__doc__
        setattr(call, MARK, given)
        return call

    return wrap


def _answering(given: Declared, body: Callable[..., Awaitable[Any]]) -> Callable[..., Any]:
    async def call(self: rx.State, asked: dict | None = None) -> Any:
        try:
            admitted = await _admit(self, given, asked)
            if not isinstance(admitted, Admitted | Refused):
                return admitted
            answer = await body(self, *admitted.arguments) if isinstance(admitted, Admitted) else admitted
        except Exception as broken:
            answer = _broken(given, body, broken)
        why = answer if isinstance(answer, Refused) else None
        told = given.afterwards is not None and given.afterwards(self, asked, why)
        return None if told and why is not None else await _tell(self, answer)

    return call


def _streaming(given: Declared, body: Callable[..., AsyncIterator[Any]]) -> Callable[..., Any]:
    async def call(self: rx.State, asked: dict | None = None) -> Any:
        try:
            admitted = await _admit(self, given, asked)
            if not isinstance(admitted, Admitted):
                yield await _tell(self, admitted)
                return
            async for answer in body(self, *admitted.arguments):
                yield await _tell(self, answer)
        except Exception as broken:
            yield await _tell(self, _broken(given, body, broken))

    return call


async def _admit(state: rx.State, given: Declared, asked: Any) -> Admitted | Any:
    """Return the arguments of the body, why it is refused, or where the page is sent."""
    who = await whoami(state.router.headers.cookie)
    if given.action is not None:
        if who is None:
            return sign_in_again(state.router.url.path)
        if not may(who.role, given.action):
            await note_refusal(who, given.action, "refused.right", state.router.session.client_ip)
            return Refused("refused.right", {"action": str(given.action)})
    if given.payload is None:
        return Admitted((who,))
    try:
        return Admitted((who, given.payload.model_validate({} if asked is None else asked)))
    except ValidationError as wrong:
        _log.info("%s was sent what it does not understand: %s", given.action, _where(wrong))
        return Refused("refused.payload")


async def _tell(state: rx.State, answer: Any) -> Any:
    """Show a refusal on the page that asked; give anything else back."""
    if not isinstance(answer, Refused):
        return answer
    await refuse(state.router.session.session_id, answer)
    return None


def _where(wrong: ValidationError) -> str:
    """Name the first fields in error, without what was sent."""
    return ", ".join(
        ".".join(str(part)[:40] for part in error["loc"][:4]) for error in wrong.errors(include_input=False)[:3]
    )


def _broken(given: Declared, body: Callable[..., Any], broken: Exception) -> Refused:
    """Turn an exception into a notice; only one that means a fault of ours leaves a traceback."""
    if isinstance(broken, DATABASE_AWAY):
        _log.warning("%s: the database does not answer (%s)", body.__qualname__, type(broken).__name__)
        return Refused("refused.database")
    _log.error("%s (%s) failed", body.__qualname__, given.action, exc_info=broken)
    return Refused("refused.broken")

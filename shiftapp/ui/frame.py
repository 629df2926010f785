"""What a socket sent, reduced to what we expect: everything else a client claims is dropped or refused."""

from typing import Any, Final
from uuid import UUID

from reflex.state import FrontendEventExceptionState, OnLoadInternalState, State, UpdateVarsInternalState
from reflex_base.constants.state import FIELD_MARKER
from reflex_base.registry import RegistrationContext
from reflex_base.utils.format import format_event_handler

from shiftapp.ui.gate import declared

TEXT: Final = 2_000
"""Characters of an address, and of an error the page reports."""

LARGEST: Final = 2**63
"""Whole numbers are smaller: those of PostgreSQL's bigint."""

Names = dict[str, dict[str, bool]]
"""Event name → its arguments → whether it must have them."""


def internal() -> Names:
    """Return what Reflex's own page sends."""
    return {
        format_event_handler(State.event_handlers["hydrate_and_load"]): {"vars": False, "hashes": False},
        format_event_handler(OnLoadInternalState.event_handlers["on_load_internal"]): {},
        format_event_handler(UpdateVarsInternalState.event_handlers["update_vars_internal"]): {"vars": True},
        format_event_handler(FrontendEventExceptionState.event_handlers["handle_frontend_exception"]): {
            "info": True,
            "component_stack": True,
        },
    }


def read(data: Any, internals: Names) -> dict[str, Any] | None:
    """Return an event as it may be queued: its name, its arguments, the address it comes from.

    Parameters
    ----------
    data
        What came over the socket.
    internals
        Of `internal`.

    Returns
    -------
    dict or None
        ``None`` for what is not an event, or one nobody declared.
    """
    if not isinstance(data, dict) or not isinstance(name := data.get("name"), str):
        return None
    payload = data.get("payload")
    payload = {} if payload is None else payload
    if not isinstance(payload, dict) or not _storable(payload) or (route := _route(data.get("router_data"))) is None:
        return None
    if name in internals:
        payload = _own_payload(payload, internals[name])
    elif not _declared(name) or not payload.keys() <= {"asked"}:
        return None
    return None if payload is None else {"name": name, "payload": payload, "router_data": route}


def _declared(name: str) -> bool:
    registered = RegistrationContext.get().event_handlers.get(name)
    return registered is not None and declared(registered.handler.fn) is not None


def _storable(sent: Any) -> bool:
    """Say whether every whole number is one that a column can hold: no id is larger."""
    match sent:
        case int():
            return -LARGEST <= sent < LARGEST
        case dict():
            return all(map(_storable, sent.values()))
        case list():
            return all(map(_storable, sent))
        case _:
            return True


def token_of(query: str) -> str | None:
    """Return a tab's token: Reflex's page makes a UUID."""
    given = dict(part.partition("=")[::2] for part in query.split("&")).get("token", "")
    try:
        return given if str(UUID(given)) == given.lower() else None
    except ValueError:
        return None


def cookies_of(environ: dict[str, Any]) -> str:
    """Return the ``Cookie`` header of a socket's handshake."""
    headers = environ.get("asgi.scope", {}).get("headers", [])
    return "; ".join(value.decode("latin-1") for name, value in headers if name == b"cookie")


def _route(given: Any) -> dict[str, Any] | None:
    """Return the address an event comes from, its parts checked: what else a client claims about itself is dropped."""
    if given is None:
        return {}
    if not isinstance(given, dict):
        return None
    route: dict[str, Any] = {}
    for name in ("pathname", "asPath"):
        text = given.get(name, "")
        if not isinstance(text, str) or len(text) > TEXT:
            return None
        route[name] = text
    query = given.get("query") or {}
    if not isinstance(query, dict) or len(query) > 20:
        return None
    route["query"] = {
        name: value for name, value in query.items() if isinstance(value, str) and len(name) + len(value) <= TEXT
    }
    return route


def _own_payload(payload: dict[str, Any], names: dict[str, bool]) -> dict[str, Any] | None:
    """Return what one of Reflex's own events carries: known storage vars, hashes, short texts."""
    if not payload.keys() <= names.keys() or not {name for name, must in names.items() if must} <= payload.keys():
        return None
    kept: dict[str, Any] = {}
    for name, value in payload.items():
        match name, value:
            case "vars", dict():
                kept[name] = {var: item for var, item in value.items() if _stored(var) and isinstance(item, str | None)}
            case "hashes", list() if all(isinstance(item, str) for item in value):
                kept[name] = value
            case "vars" | "hashes", None if not names[name]:
                kept[name] = None
            case "info" | "component_stack", str():
                kept[name] = value[:TEXT]
            case _:
                return None
    return kept


def _stored(var: str) -> bool:
    """Say whether a name is that of a var a browser stores for us."""
    state_name, _, var_name = var.rpartition(".")
    state = RegistrationContext.get().base_states.get(state_name)
    return state is not None and state._is_client_storage(var_name.removesuffix(FIELD_MARKER))

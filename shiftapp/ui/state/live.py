"""States whose values come from a room, not from the server's copy for one browser."""

from typing import Any

import reflex as rx
from reflex.state import _override_base_method
from reflex_base.utils.format import to_snake_case

from shiftapp.live import rooms


class Live(rx.State, mixin=True):
    """A state that a room feeds: inherit from this first, then from ``rx.State``.

    Its vars are filled by a snapshot (`rooms.tell`) and kept current by broadcasts.

    The server keeps no values of it for each browser: the truth is the replica. A socket that comes back must therefore
    not be told the empty values of its own copy, or the page would go blank until the snapshot arrives.
    """

    @classmethod
    @_override_base_method
    def get_name(cls) -> str:
        """Name the state by its class alone: the name travels with every edit to everybody, its module need not."""
        return to_snake_case(cls.__name__)

    @_override_base_method
    def dict(self, include_computed: bool = True, initial: bool = False, **given: Any) -> dict[str, dict[str, Any]]:
        """Return the values a hydrating page is told: all when the page is compiled, none afterwards."""
        return rx.State.dict(self, include_computed, initial, **given) if initial else {}


LIVE: dict[str, type[rx.State]] = {}


def live(state: type[rx.State]) -> type[rx.State]:
    """Register a state under its class name, which is how services, jobs and the page address it."""
    if state.__name__ in LIVE:
        msg = f"two live states are called {state.__name__}"
        raise TypeError(msg)
    LIVE[state.__name__] = state
    return state


def attach(app: rx.App) -> None:
    """Connect the rooms to the app's sockets: called once, when the app is made."""
    if app.event_namespace is None:
        msg = "the app has no states, so it has no sockets to broadcast to"
        raise RuntimeError(msg)
    rooms.attach(app.event_namespace, {name: state.get_full_name() for name, state in LIVE.items()})

"""What the browser keeps and what it is told: values of its own, a state's copy, events.

Every private name of Reflex's client-side state that we rely on is in this file, and ``tests/ui/test_client.py`` is the
contract test that notices when one changes.
"""

from typing import Any

import reflex as rx
from reflex.experimental.client_state import ClientStateVar, _client_state_ref
from reflex_base.constants.state import FIELD_MARKER
from reflex_base.event import EventChain, EventSpec
from reflex_base.vars.base import LiteralVar
from reflex_base.vars.function import FunctionVar

from shiftapp.ui.js import Js, ensure, fn, js, known, put, var


def refs(slot: str) -> Js:
    """Name a slot of the page's own store: read and written by handlers, never drawn."""
    return js(_client_state_ref(slot))


def once(slot: str, value: Any) -> Js:
    """Make a value at its first use in the page and share it from then on."""
    return ensure(refs(slot), value)


class Kept:
    """A value the browser keeps: drawn, read and set without the server.

    Parameters
    ----------
    name
        Global in the page; letters only, lower case (Reflex builds the setter's name from it).
    default
        What the first component to be drawn starts from: a value, or an expression.
    """

    def __init__(self, name: str, default: Any) -> None:
        self.name, self.default = name, js(default)
        self._var = ClientStateVar.create(name, default=var(default, Any))

    @property
    def value(self) -> Js:
        """The value for drawing: what shows it is drawn again when it changes."""
        return js(self._var.value)

    @property
    def now(self) -> Js:
        """The value inside a handler, as it is when the handler runs."""
        return known(refs(self.name), self.default)

    def set(self, value: Any) -> Js:
        """Set it everywhere it is drawn."""
        setter = refs(self._var._setter_name)
        keep = fn(lambda given: put(refs(self.name), given))
        return known(setter, keep)(value)

    def push(self, value: Any) -> EventSpec:
        """Set it from the server: returned by an event handler."""
        return self._var.push(value)


def whole(state: type[rx.State]) -> Js:
    """Name the browser's copy of a state's vars, to be indexed by var name with `field`."""
    first = js(next(iter(state.base_vars.values())))
    owner, _, _ = first._text.rpartition(".")
    return Js(owner, first._data)


def field(state: type[rx.State], var_name: Any) -> Js:
    """Read the var that an expression names: one expression for all slots of a state."""
    return whole(state)[js(var_name) + FIELD_MARKER]


def send(spec: EventSpec) -> Js:
    """Send an event to the server when evaluated."""
    chain = LiteralVar.create(EventChain.create(spec, args_spec=_no_arguments))
    return js(chain.to(FunctionVar).call())


def _no_arguments() -> tuple[()]:
    return ()


def event(handler: Any) -> Any:
    """Make an event trigger of a browser function."""
    return var(handler, object).to(FunctionVar, EventChain)

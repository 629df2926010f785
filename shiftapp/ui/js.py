"""Browser-side expressions, written in Python.

Cursor, selection and the first paint of an edit never leave the browser. Their handlers are expressions built here with
Python's own operators and lambdas; Reflex compiles them into the page. What of the browser's own state they read and
set is in `shiftapp.ui.client`.
"""

import dataclasses
import inspect
import json
from collections.abc import Callable
from itertools import count
from typing import Any

from reflex_base.vars import VarData
from reflex_base.vars.base import Var

_depth = count()


@dataclasses.dataclass(frozen=True, eq=False, slots=True)
class Js:
    """One expression of the page: its text and what it needs (imports, hooks).

    Operators build new expressions: ``a.b``, ``a[b]``, ``a(b)``, arithmetic and comparison read as in Python; ``&``,
    ``|`` and ``~`` are the lazy ``and``, ``or`` and ``not``.
    """

    _text: str
    _data: VarData | None = None

    def __getattr__(self, name: str) -> "Js":
        """Read a member; a trailing underscore keeps a name apart from Python's words (``Array.from_``)."""
        if name.startswith("__"):
            raise AttributeError(name)
        return Js(f"{self._text}.{name.removesuffix('_')}", self._data)

    def __getitem__(self, index: Any) -> "Js":
        """Read an item of a list, or a field of an object."""
        item = js(index)
        return Js(f"{self._text}[{item._text}]", _merge(self, item))

    def __call__(self, *values: Any) -> "Js":
        """Call a function of the browser."""
        given = [js(value) for value in values]
        return Js(f"{self._text}({', '.join(g._text for g in given)})", _merge(self, *given))

    def _join(self, sign: str, other: Any) -> "Js":
        right = js(other)
        return Js(f"({self._text} {sign} {right._text})", _merge(self, right))

    def __add__(self, other: Any) -> "Js":
        return self._join("+", other)

    def __radd__(self, other: Any) -> "Js":
        return js(other)._join("+", self)

    def __sub__(self, other: Any) -> "Js":
        return self._join("-", other)

    def __rsub__(self, other: Any) -> "Js":
        return js(other)._join("-", self)

    def __mul__(self, other: Any) -> "Js":
        return self._join("*", other)

    def __rmul__(self, other: Any) -> "Js":
        return js(other)._join("*", self)

    def __truediv__(self, other: Any) -> "Js":
        return self._join("/", other)

    def __mod__(self, other: Any) -> "Js":
        return self._join("%", other)

    def with_bits(self, other: Any) -> "Js":
        """Set the bits of another number, too."""
        return self._join("|", other)

    def __lt__(self, other: Any) -> "Js":
        return self._join("<", other)

    def __le__(self, other: Any) -> "Js":
        return self._join("<=", other)

    def __gt__(self, other: Any) -> "Js":
        return self._join(">", other)

    def __ge__(self, other: Any) -> "Js":
        return self._join(">=", other)

    def __eq__(self, other: object) -> "Js":  # pyright: ignore[reportIncompatibleMethodOverride]
        return self._join("===", other)

    def __ne__(self, other: object) -> "Js":  # pyright: ignore[reportIncompatibleMethodOverride]
        return self._join("!==", other)

    def __and__(self, other: Any) -> "Js":
        return self._join("&&", other)

    def __or__(self, other: Any) -> "Js":
        return self._join("||", other)

    def __invert__(self) -> "Js":
        return Js(f"(!{self._text})", self._data)

    def __bool__(self) -> bool:
        """Refuse: Python cannot know what the browser will find."""
        msg = "a browser-side expression has no truth in Python: use when(), &, | or ~"
        raise TypeError(msg)


def _merge(*parts: Js) -> VarData | None:
    return VarData.merge(*(part._data for part in parts))


def js(value: Any) -> Js:
    """Turn a Python value or a Reflex var into an expression."""
    if isinstance(value, Js):
        return value
    if isinstance(value, Var):
        return Js(str(value), value._get_all_var_data())
    if isinstance(value, dict):
        fields = {name: js(item) for name, item in value.items()}
        text = ", ".join(f"{json.dumps(name)}: {item._text}" for name, item in fields.items())
        return Js(f"({{{text}}})", _merge(*fields.values()))
    if isinstance(value, (list, tuple)):
        items = [js(item) for item in value]
        return Js(f"[{', '.join(item._text for item in items)}]", _merge(*items))
    return Js(json.dumps(value, ensure_ascii=False))


def name(text: str) -> Js:
    """Name a global of the browser: ``document``, ``Math``, ``window``."""
    return Js(text)


def var(value: Any, kind: Any = str) -> Any:
    """Turn an expression into a Reflex var of type ``kind``, for a component's properties."""
    expression = js(value)
    return Var(_js_expr=expression._text, _var_data=expression._data).to(kind)


def fn(body: Callable[..., Any]) -> Js:
    """Turn a Python lambda into a browser function; its parameters get names of their own."""
    names = [f"{parameter}{next(_depth)}" for parameter in inspect.signature(body).parameters]
    result = js(body(*(Js(given) for given in names)))
    return Js(f"(({', '.join(names)}) => {result._text})", result._data)


def let(*values_then_body: Any) -> Js:
    """Evaluate values once and hand them to the last argument, a Python function of as many parameters."""
    *values, body = values_then_body
    return fn(body)(*values)


def do(*steps: Any) -> Js:
    """Evaluate steps in order; the value is the last one's."""
    parts = [js(step) for step in steps]
    return Js(f"({', '.join(part._text for part in parts)})", _merge(*parts))


def when(test: Any, then: Any, otherwise: Any = None) -> Js:
    """Evaluate ``then`` where ``test`` holds, else ``otherwise``: only one of the two."""
    a, b, c = js(test), js(then), js(otherwise)
    return Js(f"({a._text} ? {b._text} : {c._text})", _merge(a, b, c))


def put(target: Js, value: Any) -> Js:
    """Assign to a member or item."""
    given = js(value)
    return Js(f"({target._text} = {given._text})", _merge(target, given))


def ensure(target: Js, value: Any) -> Js:
    """Read a member or item, assigning ``value`` first where it has none."""
    given = js(value)
    return Js(f"({target._text} ??= {given._text})", _merge(target, given))


def known(value: Any, otherwise: Any) -> Js:
    """Take ``value`` unless the browser does not have it (null or undefined)."""
    return js(value)._join("??", otherwise)


def maybe(value: Js, member: str) -> Js:
    """Read a member of what may be missing."""
    return Js(f"{value._text}?.{member}", value._data)


def between(low: Any, value: Any, high: Any) -> Js:
    """Clamp ``value`` to ``low … high``."""
    return MATH.max(low, MATH.min(value, high))


def numbers(start: Any, stop: Any) -> Js:
    """List the integers from ``start`` up to, not including, ``stop``."""
    length = MATH.max(0, js(stop) - start)
    return name("Array").from_({"length": length}, fn(lambda _, i: js(start) + i))


MISSING = Js("undefined")
MATH = Js("Math")
DOCUMENT = Js("document")
WINDOW = Js("window")

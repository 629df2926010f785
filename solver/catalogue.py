"""``docs/rules.md``, written from the rules themselves: ``python -m solver rules > docs/rules.md``."""

from __future__ import annotations

import ast
import json
import re
import sys
from collections.abc import Collection, Iterator
from inspect import get_annotations, getdoc
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from solver.problem import Person, Problem, Shift, ShiftKind
from solver.rules import AnyRule, Rule

HEAD = """\
# Rules

<!-- Written by `python -m solver rules`. Change the code, not this page; a test compares the two. -->

What a [problem](#the-problem) (`POST /optimize`, `python -m solver solve`) may ask of a roster. Each rule is an object
in `rules`, recognised by its `kind`; how the rules become a model is in [model.md](model.md), and a whole problem in
[solver.md](solver.md).

A roster breaks a rule by an **amount** ≥ 1, in the unit the rule states. A hard rule may not be broken; a soft one
costs `weight` × amount. An empty cell is *not decided*: it is judged charitably, so that a rule is broken only when
nothing put into the empty cells could mend it. Days are counted from the first day of the horizon, which is 0; the
days before it (`before` in the problem) are the carry-in of rules that look at several days in a row. `[…]` is 1 when
what it says holds, else 0, and `⌈…⌉` rounds up.

Every rule has these fields beside its own:
"""


NAMES = {
    "ShiftId": "shift", "PersonId": "person", "HorizonDay": "day", "Day": "day", "Weekday": "weekday 0–6",
    "int": "integer", "str": "string", "bool": "true or false", "Count": "integer", "Any": "string",
    "Span": "`week`, `month` or `horizon`", "date": "date", "AnyRule": "rule",
    "ShiftKind": ", ".join(f"`{kind}`" for kind in get_args(ShiftKind)),
}  # fmt: skip


def page() -> str:
    """Return the page, ending in a newline."""
    rules: tuple[type[Rule], ...] = get_args(AnyRule)
    parts = [HEAD, *_table(Rule), "", "| rule | | by default |", "|---|---|---|"]
    for rule in rules:
        default = "hard" if rule.model_fields["hard"].default else "soft"
        parts.append(f"| [{_kind(rule)}](#{_kind(rule)}) | {_first_line(rule)} | {default} |")
    for rule in rules:
        parts += ["", f"## {_kind(rule)}", "", _prose(rule), "", *_table(rule, leave=Rule.model_fields)]
    parts += ["", "## The problem", "", _prose(Problem), "", *_table(Problem)]
    for value in (Shift, Person):
        parts += ["", f"### {value.__name__}", "", _prose(value), "", *_table(value)]
    parts += ["", "## Values", "", "What those fields are made of. Persons and shifts are given by their ids."]
    for value in sorted(_values(rules), key=lambda value: value.__name__):
        parts += ["", f"### {value.__name__}", "", _prose(value), "", *_table(value)]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(parts)).rstrip() + "\n"


def _kind(rule: type[Rule]) -> str:
    return str(rule.model_fields["kind"].default)


def _first_line(rule: type[Rule]) -> str:
    """Return the first line of the file that the rule is written in."""
    return (sys.modules[rule.__module__].__doc__ or "").splitlines()[0]


def _prose(model: type[BaseModel]) -> str:
    """Return a docstring as Markdown: code in single backquotes, references as footnotes."""
    text = (getdoc(model) or "").replace("``", "`")
    text = text.split("\n\nAttributes\n")[0]
    text = re.sub(r"\n\nReferences\n-+\n", "\n\n", text)
    name = model.__name__.lower()
    text = re.sub(r"^\.\. \[(\d)\] ", rf"[^{name}\1]: ", text, flags=re.MULTILINE)
    return re.sub(r"\s?\[(\d)\]_", rf"[^{name}\1]", text)


def _table(model: type[BaseModel], leave: Collection[str] = ()) -> Iterator[str]:
    fields = {name: field for name, field in model.model_fields.items() if name not in leave}
    if fields:
        yield "| field | type | default | |"
        yield "|---|---|---|---|"
    for name, field in fields.items():
        default = "" if field.is_required() else f"`{_default(field)}`"
        yield f"| `{name}` | {_ranged(_written(model, name), field)} | {default} | {field.description or ''} |"


def _default(field: FieldInfo) -> str:
    value = field.get_default(call_default_factory=True)
    return "{}" if isinstance(value, BaseModel) else json.dumps(value)


def _written(model: type[BaseModel], name: str) -> str:
    """Return the type of a field as its class has it written, in words."""
    home = next(base for base in model.__mro__ if name in get_annotations(base))
    return _words(ast.parse(str(home.__annotations__[name]), mode="eval").body)


def _words(node: ast.expr) -> str:
    """Return an annotation in words."""
    match node:
        case ast.Name(id=name):
            return NAMES.get(name) or f"[{name}](#{name.lower()})"
        case ast.Constant(value=None):
            return "null"
        case ast.BinOp(left=left, right=right):
            return f"{_words(left)} or {_words(right)}"
        case ast.Subscript(value=ast.Name(id="Annotated"), slice=ast.Tuple(elts=[inner, *_])):
            return _words(inner)
        case ast.Subscript(value=ast.Name(id="dict"), slice=ast.Tuple(elts=[key, value])):
            return f"map: {_words(key)} → {_words(value)}"
        case ast.Subscript(value=ast.Name(id="tuple"), slice=ast.Tuple(elts=[item, ast.Constant(value=end)])):
            assert end is ...
            return f"list: {_words(item)}"
        case ast.Subscript(value=ast.Name(id="tuple"), slice=ast.Tuple(elts=items)):
            return f"list: {len(items)} × {_words(items[0])}"
        case ast.Subscript(value=ast.Name(id="Literal"), slice=ast.Constant(value=value)):
            return f"`{value}`"
        case _:
            raise TypeError(f"no words for {ast.unparse(node)}")


def _ranged(words: str, field: FieldInfo) -> str:
    """Return the words with the range that the field allows."""
    limits: dict[str, Any] = {}
    for bound in field.metadata:
        given = {name: getattr(bound, name, None) for name in ("ge", "le", "min_length", "max_length")}
        limits |= {name: value for name, value in given.items() if value is not None}
    match limits:
        case {"ge": low, "le": high} if not words.startswith("weekday"):
            said = f" {low}–{high}"
        case {"ge": low} if not words.startswith(("day", "weekday")):
            said = f" ≥ {low}"
        case {"min_length": least, "max_length": most}:
            said = f", {least}–{most} of them"
        case {"min_length": least}:
            said = ", not empty" if least == 1 else f", at least {least}"
        case _:
            said = ""
    end = " or null" if words.endswith(" or null") else ""
    return words.removesuffix(end) + said + end


def _values(models: Collection[type[BaseModel]]) -> set[type[BaseModel]]:
    """Return the models that fields of these are made of, at any depth."""
    found: set[type[BaseModel]] = set()
    waiting: list[Any] = [field.annotation for model in models for field in model.model_fields.values()]
    while waiting:
        kind = waiting.pop()
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            if kind not in found:
                found.add(kind)
                waiting += [field.annotation for field in kind.model_fields.values()]
        else:
            waiting += get_args(kind)
    return found

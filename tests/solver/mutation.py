"""Mutants of the rules' source: ``python -m tests.solver.mutation [kind ...]`` says how many are caught, and which not.

Each mutant changes one comparison, sign, number or connective in one method of a rule. It is caught when, on random
problems, specification and encoding no longer agree, an edit followed differs from a check afresh, deciding a cell
lowers the price, or it raises; or when an example of ``test_rules``, ``test_told`` or ``test_edges`` no longer holds.
"""

from __future__ import annotations

import ast
import random
import sys
import types
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from inspect import getsource, signature
from typing import Any, get_args

from solver.check import Checker
from solver.rules import AnyRule, Rule
from tests.solver import small, test_edges, test_rules, test_told
from tests.solver.test_agreement import by_specification, by_state

DRAWS = 250
ENOUGH = 95.0
"""Per cent."""
RULES: dict[str, type[Rule]] = {rule.model_fields["kind"].default: rule for rule in get_args(AnyRule)}
EXAMPLES: list[Callable[[], None]] = [
    example
    for name, example in (*vars(test_rules).items(), *vars(test_told).items(), *vars(test_edges).items())
    if name.startswith("test_") and not signature(example).parameters
]
SWAPS: dict[type, type] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add,
}  # fmt: skip


def mutants(source: str) -> Iterator[tuple[str, ast.Module]]:
    """Yield where and what was changed, and the changed module."""
    number = 0
    while True:
        tree = ast.parse(source)
        sites = [site for method in _methods(tree) for site in _sites(method)]
        if number == len(sites):
            return
        yield sites[number](), ast.fix_missing_locations(tree)
        number += 1


def _methods(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            skipped = ("mentions",)
            yield from (
                method
                for method in node.body
                if isinstance(method, ast.FunctionDef)
                and method.name not in skipped
                and not any("validator" in ast.unparse(mark) for mark in method.decorator_list)
            )
        elif isinstance(node, ast.FunctionDef):
            yield node


def _sites(method: ast.FunctionDef) -> Iterator[Any]:
    for node in ast.walk(method):
        operator = getattr(node, "op", None) or (node.ops[0] if isinstance(node, ast.Compare) else None)
        if type(operator) in SWAPS:
            yield lambda node=node, operator=operator: _swap(node, SWAPS[type(operator)]())
        if isinstance(node, ast.Constant) and type(node.value) is int:
            yield lambda node=node: _add_one(node)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.USub):
            yield lambda node=node: _drop(node)


def _swap(node: Any, operator: Any) -> str:
    before = ast.unparse(node)
    if isinstance(node, ast.Compare):
        node.ops[0] = operator
    else:
        node.op = operator
    return f"line {node.lineno}: {before} → {ast.unparse(node)}"


def _add_one(node: ast.Constant) -> str:
    node.value = int(node.value) + 1  # type: ignore[arg-type]
    return f"line {node.lineno}: {node.value - 1} → {node.value}"


def _drop(node: ast.UnaryOp) -> str:
    before = ast.unparse(node)
    wrapped = isinstance(node.op, ast.Not)
    node.op = ast.UAdd()
    if wrapped:
        node.operand = ast.Call(ast.Name("bool", ast.Load()), [node.operand], [])
    return f"line {node.lineno}: {before} → without its sign"


def _become(rule: type[Rule], tree: ast.Module) -> dict[str, Any]:
    """Give a rule the methods of its mutant; return its own."""
    module = types.ModuleType("mutant")
    sys.modules["mutant"] = module
    exec(compile(tree, "mutant", "exec"), vars(module))
    own: dict[str, Any] = {}
    for name, value in vars(vars(module)[rule.__name__]).items():
        if isinstance(value, types.FunctionType | cached_property) and name in vars(rule) and name != "mentions":
            own[name] = vars(rule)[name]
            setattr(rule, name, value)
    return own


def caught(kind: str) -> bool:
    """Whether random problems tell that a rule of this kind is wrong."""
    for draw in range(DRAWS):
        chance = random.Random(f"mutant {kind} {draw}")
        hard = draw % 2 == 0
        problem = small.problem([small.rule(kind, hard, chance)], chance)
        cells = small.roster(problem, chance)
        try:
            if by_state(problem, cells) != by_specification(problem, cells) or _follows_wrongly(problem, chance):
                return True
        except Exception:  # whatever a mutant raises, it is caught
            return True
    return not all(map(_holds, EXAMPLES))


def _holds(example: Callable[[], None]) -> bool:
    try:
        example()
    except Exception:
        return False
    return True


def _follows_wrongly(problem: Any, chance: random.Random) -> bool:
    checker = Checker(problem, small.roster(problem, chance, empty=0.5))
    for _ in range(6):
        person, day = chance.choice(small.PEOPLE), chance.randrange(small.DAYS)
        row = problem.index.person[person]
        deciding, cost = checker.roster.undecided(row, day), (checker.cost, checker.hard)
        checker.set(person, day, chance.choice(small.IDS))
        fresh = Checker(problem, checker.roster)
        if fresh.violations() != checker.violations():
            return True
        if deciding and (checker.cost < cost[0] or checker.hard < cost[1]):
            return True
    return False


def share_caught(kinds: Iterable[str]) -> float:
    """Return the percentage of the mutants that is caught; print the survivors and the share."""
    total = killed = 0
    for kind in kinds:
        rule = RULES[kind]
        for told, tree in mutants(getsource(sys.modules[rule.__module__])):
            own = _become(rule, tree)
            try:
                found = caught(kind)
            finally:
                for name, value in own.items():
                    setattr(rule, name, value)
            total, killed = total + 1, killed + found
            if not found:
                print(f"{kind}: survives: {told}")
    print(f"{killed} of {total} mutants caught, {100 * killed / total:.1f} %")
    return 100 * killed / total


if __name__ == "__main__":
    sys.exit(share_caught(sys.argv[1:] or small.KINDS) < ENOUGH)

"""What the commands say to people, line by line, above the JSON of the last line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from solver.frozen import Day
from solver.roster import Violation

if TYPE_CHECKING:  # their modules load OR-Tools, which `check` does without
    from solver.alternatives import Alternatives
    from solver.clash import Part
    from solver.explain import Explanation
    from solver.nearby import Move
    from solver.relax import Step
    from solver.repair import Repair
    from solver.why_not import WhyNot

UNKNOWN = "No answer in time: allow more seconds."


def violations_told(violations: Iterable[Violation]) -> Iterator[str]:
    """Tell each: its cost or ``hard``, the rule, whom and when it concerns, and the numbers."""
    for one in violations:
        numbers = ", ".join(f"{name} {value}" for name, value in one.detail.items())
        yield _spaced(f"{'hard' if one.hard else one.cost:>6}", one.rule, *one.people, _when(one.days), numbers)


def explanation_told(answer: Explanation) -> Iterator[str]:
    """Tell each clash and the ways out, cheapest first."""
    if answer.status == "solvable":
        yield "The hard rules can all be kept."
    elif answer.status == "unknown":
        yield UNKNOWN
    for clash in answer.clashes:
        yield "These cannot be kept together:" if clash.minimal else "Among these are some that clash:"
        yield from map(_part, clash.parts)
    if answer.relaxations:
        yield "Each of these is a way out:"
    for way in answer.relaxations:
        yield f"  {'; '.join(map(_step, way.steps))} (hard rules broken by {way.broken}, cost {way.cost})"


def why_not_told(answer: WhyNot) -> Iterator[str]:
    """Tell what the cell alone comes to, what it comes to at best and by which moves, or what forbids it."""
    yield f"In this cell only: cost {answer.alone.cost:+d}, hard rules broken {answer.alone.hard:+d}"
    if answer.clash is not None:
        yield "However the other cells are moved, these do not allow it:"
        yield from map(_part, answer.clash.parts)
    elif answer.status == "unknown":
        yield UNKNOWN
    elif answer.difference is not None:
        least = "" if answer.at_least is None else f", and none has less than {answer.at_least:+d}"
        proved = ", the least there is" if answer.exact else least
        yield f"With other cells moved: cost {answer.difference:+d}{proved}"
        yield from map(_move, answer.moved)
    yield from _changes(answer.broken, answer.mended)
    if answer.fewer is not None:
        yield f"With fewer cells moved: cost {answer.fewer.difference:+d}"
        yield from map(_move, answer.fewer.moved)


def repair_told(answer: Repair) -> Iterator[str]:
    """Tell each option: its cost, the cells that change and what is broken and mended."""
    if answer.status == "unknown":
        yield UNKNOWN
    for number, option in enumerate(answer.options, 1):
        yield f"Option {number}: cells changed {len(option.changed)}, cost {option.difference:+d} to {option.cost}"
        yield from map(_move, option.changed)
        yield from _changes(option.broken, option.mended)
    if answer.clash is not None:
        yield "Nobody can cover, for these cannot be kept together:"
        yield from map(_part, answer.clash.parts)


def alternatives_told(answer: Alternatives) -> Iterator[str]:
    """Tell each alternative: its cost, how far it is from the roster, and the rules that cost otherwise."""
    for number, one in enumerate(answer.found, 1):
        yield f"Alternative {number}: cells that differ {len(one.moved)}, cost {one.difference:+d} to {one.cost}"
        yield from (f"  {rule.rule}  {rule.best} -> {rule.here}" for rule in one.rules)
    if answer.exhausted:
        yield f"No other differs in {answer.distance} cells and costs {answer.most} at most."


def _changes(broken: Sequence[Violation], mended: Sequence[Violation]) -> Iterator[str]:
    for title, violations in (("Broken:", broken), ("Mended:", mended)):
        if violations:
            yield f"  {title}"
            yield from (f"  {line}" for line in violations_told(violations))


def _part(part: Part) -> str:
    return _spaced("", part.rule, *part.people, _when(part.days), part.shift or "")


def _move(move: Move) -> str:
    return f"  {move.person}  {_when((move.day,))}: {move.before} -> {move.after}"


def _step(step: Step) -> str:
    where = " ".join(filter(None, (" ".join(step.people), _when(step.days))))
    at = where and f" ({where})"
    match step.act:
        case "unpin" | "withdraw" | "exempt":
            return f"{step.act} {_spaced(step.rule, *step.shifts, where)}"
        case "open":
            return f"leave {where} out of {step.rule}"
        case "loosen":
            return f"change the {step.limit} of {step.rule} from {step.before} to {step.after}{at}"
        case "soften":
            return f"make {step.rule} soft, of weight {step.after}"
        case "drop":
            return f"do without {step.rule}"


def _when(days: Sequence[Day]) -> str:
    if not days:
        return ""
    return f"day {days[0]}" if days[0] == days[-1] else f"days {days[0]} to {days[-1]}"


def _spaced(*words: str) -> str:
    return "  ".join(word for word in words if word or word is words[0])

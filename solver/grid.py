"""The linear form of a problem: cells, what each may hold, and rows that charge for what rules forbid.

A rule's encoding speaks to a grid; the grid speaks no solver's language. ``start`` prices moves with it, ``model``
turns it, or a neighbourhood of it, into CP-SAT. With ``x[c, s]`` true when cell ``c`` holds shift ``s``,

    Σ_s x[c, s] = 1                                    for every cell c
    excess[r] = max(0, max over sides (Σ u[c, s] · x[c, s] - limit))   for every row r
    cost = constant + Σ price[c, s] · x[c, s] + Σ weight[r] · excess[r]

and ``excess[r] = 0`` where the row is hard. What no row can say (how many weekends are worked, how far people are
apart) is a measure, which is priced in the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from solver.frozen import Day, ShiftId
from solver.problem import Problem
from solver.rules import Rule
from solver.stretches import Run
from solver.totals import Cell, Code, Form, Measure, Row, Side, Total, Units, joined, negated


class Grid:
    """The cells of a problem within the employment, and the rows its rules have posted.

    Attributes
    ----------
    left : list of tuple of Code
        What each cell may hold after the hard rules that look at single cells.
    price : list of dict of Code to int
        Cost of each shift in each cell.
    rows : list of Row
    measures : list of Measure
    constant : int
        Cost that no roster avoids.
    clashes : set of str
        Ids of hard rules that cannot all be kept; empty when none is known.
    runs : dict of int to list of Run
        For each person, the hard lengths of the runs in the whole row.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.index = problem.index
        self.shifts: tuple[ShiftId, ...] = tuple(shift.id for shift in problem.shifts)
        self.code: dict[ShiftId, Code] = {shift: code for code, shift in enumerate(self.shifts)}
        self.places: list[tuple[int, Day]] = [
            (person, day) for person, days in enumerate(self.index.employed) for day in days
        ]
        self.cell: dict[tuple[int, Day], Cell] = {place: cell for cell, place in enumerate(self.places)}
        self.left: list[tuple[Code, ...]] = [tuple(range(len(self.shifts)))] * len(self.places)
        self.price: list[dict[Code, int]] = [{} for _ in self.places]
        self.rows: list[Row] = []
        self.measures: list[Measure] = []
        self.constant = 0
        self.clashes: set[str] = set()
        self.runs: dict[int, list[Run]] = {}
        self._narrowed: dict[Cell, set[str]] = {}
        self._known: dict[tuple[tuple[ShiftId, int], ...], Units] = {}
        self._extremes: dict[int, dict[tuple[Code, ...], tuple[int, int]]] = {}

    def post(self, stopped: Callable[[], bool] = lambda: False) -> None:
        """Post every rule of the problem, or as many as there is time for.

        Hard rules on single cells come first, so that the others see constants.
        """
        for rule in sorted(self.problem.rules, key=lambda rule: not (rule.unary and rule.hard)):
            for place in rule.places(self.index) if rule.hard or rule.weight > 0 else ():
                if stopped():
                    return
                rule.post(self, place)

    # What a rule may ask for.

    def all_but(self, *shifts: ShiftId) -> tuple[ShiftId, ...]:
        """Return all other shift types."""
        return tuple(other for other in self.shifts if other not in shifts)

    def avoid(self, person: int, day: Day, shifts: Iterable[ShiftId], rule: Rule, amount: int = 1) -> None:
        """Take ``shifts`` out of a cell where the rule is hard; charge ``amount`` units for them where it is soft.

        A cell outside the employment is no cell and is left alone.
        """
        cell = self.cell.get((person, day))
        if cell is None:
            return
        codes = {self.code[shift] for shift in shifts}
        if rule.hard:
            kept = tuple(code for code in self.left[cell] if code not in codes)
            if len(kept) < len(self.left[cell]):
                self._narrowed.setdefault(cell, set()).add(rule.id)
            if kept:
                self.left[cell] = kept
            else:
                self.clashes |= self._narrowed[cell]
            return
        price = self.price[cell]
        for code in codes:
            price[code] = price.get(code, 0) + rule.weight * amount

    def total(self, cells: Iterable[tuple[int, Day]], units: Mapping[ShiftId, int], constant: int = 0) -> Total:
        """Sum ``units`` over ``cells``, folding what is known.

        A day before the horizon counts what it held; an unknown day and a day outside the employment count 0.
        """
        by_code = self._units(units)
        low = high = constant
        kept: list[Cell] = []
        named: list[Cell] = []
        extremes = self._extremes.setdefault(id(by_code), {})
        for place in cells:
            cell = self.cell.get(place)
            if cell is None:
                known = units.get(self._before(*place) or "", 0)
                constant, low, high = constant + known, low + known, high + known
                continue
            named.append(cell)
            left = self.left[cell]
            if left not in extremes:
                counts = [by_code[code] for code in left]
                extremes[left] = min(counts), max(counts)
            least, most = extremes[left]
            low, high = low + least, high + most
            if least == most:
                constant += least
            else:
                kept.append(cell)
        return Total(kept, [by_code] * len(kept), constant, low, high, named)

    def _units(self, units: Mapping[ShiftId, int]) -> Units:
        """Return what each shift counts by code; the same for the same units, for rules ask for few over and over."""
        key = tuple(units.items())
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = tuple(units.get(shift, 0) for shift in self.shifts)
        return found

    def at_most(self, limit: int, total: Total, rule: Rule, weight: int = 1, step: int = 1) -> None:
        """Charge ``weight`` times ``⌈(total - limit) / step⌉`` where positive, or forbid it where the rule is hard."""
        if step == 1 or rule.hard:
            self._row([(total, limit)], rule, rule.weight * weight)
        else:
            self.measure("sum", limit, [total], rule, weight, step)

    def at_least(self, limit: int, total: Total, rule: Rule, weight: int = 1, step: int = 1) -> None:
        """Charge ``weight`` times ``⌈(limit - total) / step⌉`` where positive, or forbid it where the rule is hard."""
        self.at_most(-limit, negated(total), rule, weight, step)

    def exactly(self, target: int, total: Total, rule: Rule, weight: int = 1) -> None:
        """Charge ``weight`` times ``|total - target|``, or forbid it where the rule is hard."""
        self._row([(negated(total), -target), (total, target)], rule, rule.weight * weight)

    def measure(self, form: Form, limit: int, totals: list[Total], rule: Rule, weight: int = 1, step: int = 1) -> None:
        """Charge the steps begun by which a form of totals is above the limit, or forbid it where the rule is hard.

        A ``sum`` is of one total; the totals whose ``occasions`` are counted count from 0 up.
        """
        price = rule.weight * weight
        measure = Measure(None if rule.hard else price, 0, form, totals, limit, step)
        certain, most = measure.extremes()
        if most == 0:
            return
        if rule.hard and certain > 0:
            self._clash(rule, totals)
        elif certain == most:
            self.constant += price * most
        else:
            self.measures.append(measure._replace(most=most))

    def not_together(
        self, cliques: Sequence[Sequence[tuple[int, Day, Iterable[ShiftId]]]], rule: Rule, weight: int
    ) -> None:
        """Charge ``weight`` units once when, in any of the cliques, every cell holds one of its shifts."""
        sides: list[tuple[Total, int]] = []
        for clique in cliques:
            steps = [self.total([(person, day)], dict.fromkeys(shifts, 1)) for person, day, shifts in clique]
            sides.append((joined(steps), len(steps) - 1))
        self._row(sides, rule, rule.weight * weight)

    def keep_runs(
        self, person: int, shifts: Iterable[ShiftId], lengths: tuple[int, int | None], days: set[Day], since: int
    ) -> None:
        """Note that the runs of ``shifts`` in a row have hard lengths, when ``days`` are all there are.

        The rows posted from the number ``since`` on say so.
        """
        employed = self.index.employed[person]
        first = min(days, default=0)
        if employed and days == set(range(first, employed.stop)) and first <= employed.start:
            codes = frozenset(self.code[shift] for shift in shifts)
            rows = range(since, len(self.rows))
            self.runs.setdefault(person, []).append(Run(person, codes, *lengths, range(first, employed.stop), rows))

    def code_before(self, person: int, day: Day) -> Code | None:
        """Return the shift of a day before the horizon; None where it is unknown."""
        shift = self._before(person, day)
        return None if shift is None else self.code[shift]

    def known(self, person: int, days: Iterable[Day]) -> bool:
        """Whether each day is one of employment, or a day before the horizon whose shift is known."""
        return all((person, day) in self.cell or self._before(person, day) is not None for day in days)

    def _before(self, person: int, day: Day) -> ShiftId | None:
        before = self.index.before[person]
        return before[day] if -len(before) <= day < 0 else None

    def _row(self, sides: list[tuple[Total, int]], rule: Rule, weight: int) -> None:
        """Add a row for those sides that a roster can break, or a constant where every roster breaks them."""
        most = max(total.high - limit for total, limit in sides)
        if most <= 0:
            return
        certain = max(total.low - limit for total, limit in sides)
        if rule.hard and certain > 0:
            self._clash(rule, [total for total, _ in sides])
        elif certain == most:
            self.constant += weight * most
        else:
            kept = [
                Side(total.cells, total.units, limit - total.constant) for total, limit in sides if total.high > limit
            ]
            self.rows.append(Row(None if rule.hard else weight, most, kept))

    def _clash(self, rule: Rule, totals: Iterable[Total]) -> None:
        """Name a hard rule that cannot be kept, and those that narrowed its cells."""
        self.clashes.add(rule.id)
        for cell in (cell for total in totals for cell in total.named):
            self.clashes |= self._narrowed.get(cell, set())

"""The checker itself: a history without faults passes, each planted anomaly is convicted, and of its kind."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from shiftapp.domain.cell import EMPTY, Cell, Place
from shiftapp.domain.edit import Change
from tests.history import Entry, History, Kind, Sent, Sight, anomalies, kinds

STARTS = date(2026, 12, 21)
PLACES = [(staff, STARTS + timedelta(days=column)) for staff in (1, 2, 3) for column in range(5)]


def history(edits: int = 30, seed: int = 1) -> History:
    """What two clients did, one after another, and a third saw."""
    chance = random.Random(seed)
    cells: dict[Place, Cell] = {}
    sent: list[Sent] = []
    log: list[Entry] = []
    sights: list[Sight] = []
    for seq in range(1, edits + 1):
        asked = {place: chance.choice([None, 1, 2, 3]) for place in chance.sample(PLACES, chance.randint(1, 3))}
        changes = tuple(
            Change(*place, before, Cell(shift, version=seq))
            for place, shift in asked.items()
            if (before := cells.get(place, EMPTY)).shift != shift
        )
        cells |= {(change.staff_id, change.day): change.after for change in changes}
        sent.append(Sent(uuid4(), f"client {seq % 2}", asked, "acknowledged"))
        log.append(Entry(seq, sent[-1].edit_id, changes))
        sights.append(Sight("client 2", seq, shown(cells)))
    sent.append(Sent(uuid4(), "client 0", {PLACES[0]: 1}, "refused"))
    sent.append(Sent(uuid4(), "client 1", {PLACES[0]: 1}, "unknown"))
    return History(sent, log, cells, [Sight(f"client {one}", edits, shown(cells)) for one in range(3)], sights)


def shown(cells: dict[Place, Cell]) -> dict[Place, int | None]:
    return {place: cells.get(place, EMPTY).shift for place in PLACES}


def another(shift: int | None) -> int:
    return 1 if shift is None else shift + 1


def without_a_seq(whole: History) -> History:
    return replace(whole, log=[replace(one, seq=one.seq + (one.seq > 9)) for one in whole.log])


def applied_twice(whole: History) -> History:
    again = replace(whole.log[-1], seq=len(whole.log) + 1, changes=())
    screens = [replace(one, seq=again.seq) for one in whole.screens]
    return replace(whole, log=[*whole.log, again], screens=screens)


def acknowledged_and_lost(whole: History) -> History:
    return replace(whole, sent=[*whole.sent, Sent(uuid4(), "client 0", {PLACES[0]: 1}, "acknowledged")])


def refused_and_applied(whole: History) -> History:
    return replace(whole, sent=[replace(whole.sent[0], outcome="refused"), *whole.sent[1:]])


def by_nobody(whole: History) -> History:
    return replace(whole, sent=whole.sent[1:])


def otherwise_than_asked(whole: History) -> History:
    at = next(at for at, entry in enumerate(whole.log) if entry.changes)
    first = whole.sent[at]
    assert first.cells is not None
    cells = {place: another(shift) for place, shift in first.cells.items()}
    return replace(whole, sent=[*whole.sent[:at], replace(first, cells=cells), *whole.sent[at + 1 :]])


def an_edit_half_applied(whole: History) -> History:
    """One of its cells is in neither the log nor the cells."""
    at = max(at for at, entry in enumerate(whole.log) if len(entry.changes) > 1)
    *kept, dropped = whole.log[at].changes
    log = [*whole.log[:at], replace(whole.log[at], changes=tuple(kept)), *whole.log[at + 1 :]]
    return replace(whole, log=log, cells=dict(whole.cells) | {(dropped.staff_id, dropped.day): dropped.before})


def an_unseen_value_overwritten(whole: History) -> History:
    """Written over what it had not read, as without the lock on the period."""
    at = next(at for at, entry in enumerate(whole.log) if entry.changes and entry.changes[0].before.version)
    first, *rest = whole.log[at].changes
    changes = replace(first, before=EMPTY), *rest
    return replace(whole, log=[*whole.log[:at], replace(whole.log[at], changes=changes), *whole.log[at + 1 :]])


def cells_behind_the_log(whole: History) -> History:
    place, cell = next(iter(whole.cells.items()))
    return replace(whole, cells={**whole.cells, place: replace(cell, version=0)})


def a_cell_too_many(whole: History) -> History:
    return replace(whole, cells={**whole.cells, (9, STARTS): Cell(1, version=3)})


def a_page_that_showed_what_was_not(whole: History) -> History:
    at = len(whole.sights) // 2
    sight = whole.sights[at]
    cells = {**sight.cells, PLACES[0]: another(sight.cells[PLACES[0]])}
    return replace(whole, sights=[*whole.sights[:at], replace(sight, cells=cells), *whole.sights[at + 1 :]])


def a_screen_left_behind(whole: History) -> History:
    return replace(whole, screens=[*whole.screens[1:], replace(whole.screens[0], seq=len(whole.log) - 1)])


def a_screen_with_a_hole(whole: History) -> History:
    first = whole.screens[0]
    cells = {**first.cells, PLACES[4]: another(first.cells[PLACES[4]])}
    return replace(whole, screens=[replace(first, cells=cells), *whole.screens[1:]])


PLANTED: list[tuple[Callable[[History], History], Kind]] = [
    (without_a_seq, "gap"),
    (applied_twice, "twice"),
    (acknowledged_and_lost, "lost"),
    (refused_and_applied, "refused"),
    (by_nobody, "unsent"),
    (otherwise_than_asked, "altered"),
    (an_edit_half_applied, "altered"),
    (an_unseen_value_overwritten, "overwritten"),
    (cells_behind_the_log, "cells"),
    (a_cell_too_many, "cells"),
    (a_page_that_showed_what_was_not, "sight"),
    (a_screen_left_behind, "screen"),
    (a_screen_with_a_hole, "screen"),
]


@pytest.mark.parametrize("seed", range(5))
def test_what_happened_one_after_another_has_no_anomaly(seed: int):
    assert anomalies(history(seed=seed)) == []


@pytest.mark.parametrize(("plant", "kind"), PLANTED, ids=lambda given: getattr(given, "__name__", given))
def test_a_planted_anomaly_is_convicted_and_of_its_kind(plant: Callable[[History], History], kind: Kind):
    for seed in range(5):
        assert kind in kinds(anomalies(plant(history(seed=seed)))), seed


def test_what_a_client_cannot_foretell_is_not_compared_with_what_it_asked():
    whole = history()
    told = replace(whole, sent=[replace(sent, cells=None) for sent in whole.sent])
    assert anomalies(told) == []

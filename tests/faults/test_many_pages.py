"""Many pages of one period: everybody sees everything, soon, whatever becomes of notifications."""

import asyncio
import random
from statistics import quantiles

import psycopg
import pytest

from shiftapp.store.prepare import Dsns
from tests.faults.stand import new_kitchen, servers, type_on, typists
from tests.history import Anomaly, anomalies, kinds
from tests.typed import history, read_log
from tests.typist import Typist, all_at

pytestmark = [pytest.mark.soak, pytest.mark.timeout(600)]

PAGES, RATE, SECONDS = 50, 20.0, 60.0
SOON = 0.25
"""Seconds from a key to each page, at the 95th percentile."""
EQUAL = 5.0
"""Seconds after the last edit until every page is equal."""


def spent(team: list[Typist], connection: psycopg.Connection) -> list[float]:
    """Return the seconds from each edit to each page that was there."""
    began = {edit_id: moment for one in team for edit_id, moment in one.began.items()}
    log = [(began[entry.edit_id], entry.seq) for entry in read_log(connection, team[0].kitchen.period.id)]
    heard = ((moment, one.page.had(seq)) for moment, seq in log for one in team)
    return [at - moment for moment, at in heard if at is not None]


async def typed(
    dsns: Dsns, count: int, pages: int, rate: float, seconds: float, plant: str = ""
) -> tuple[list[Anomaly], float, float]:
    """Return the anomalies, the 95th percentile to a page, and the seconds after which all were equal."""
    mine, chance = await new_kitchen(dsns), random.Random(1)
    async with servers(dsns, count, plant) as running:
        seats = [[running[turn % count].address] for turn in range(pages)]
        async with typists(mine, dsns, seats) as team:
            each = max(1, round(rate * seconds / pages))
            await asyncio.gather(*(type_on(one, each, rate / pages, chance) for one in team))
            with psycopg.connect(dsns.owner, autocommit=True) as connection:
                took = await all_at(team, len(read_log(connection, mine.period.id)), 2 * EQUAL)
                late = quantiles(spent(team, connection), n=20)[-1]
                return anomalies(history(connection, team)), late, took


@pytest.mark.fault(12)
async def test_fifty_pages_see_twenty_edits_a_second_without_a_gap(fresh_database: Dsns, share: float):
    found, late, _ = await typed(fresh_database, 1, PAGES, RATE, SECONDS * share)
    print(f"p95 to a page {1000 * late:.0f} ms")
    assert found == []
    assert late <= SOON


@pytest.mark.fault(12, control=True)
async def test_a_server_that_tells_late_and_not_all_is_convicted(fresh_database: Dsns):
    found, late, _ = await typed(fresh_database, 1, 10, 10, 5, "tell_late_and_not_all")
    assert kinds(found) & {"screen", "sight"}
    assert late > SOON


@pytest.mark.fault(13)
async def test_pages_are_equal_whatever_becomes_of_notifications(fresh_database: Dsns, share: float):
    found, _, took = await typed(fresh_database, 2, 6, 20, 60 * share, "hear_badly")
    print(f"equal {took:.1f} s after the last edit")
    assert found == []
    assert took <= EQUAL


@pytest.mark.fault(13, control=True)
async def test_servers_that_do_not_look_for_gaps_are_convicted(fresh_database: Dsns):
    found, _, _ = await typed(fresh_database, 2, 6, 20, 5, "hear_badly_and_skip_gaps")
    assert kinds(found) & {"screen", "sight"}

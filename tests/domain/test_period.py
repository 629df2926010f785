"""Dates of periods and business months, holidays, and a patch on the wire."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from shiftapp.domain.calendar import countries, national_holidays
from shiftapp.domain.edit import Patch, PatchCell
from shiftapp.domain.patch_wire import MOST_BYTES, decode, encode
from shiftapp.domain.period import business_months, default_dates, month_start

DAYS = some.dates(date(2000, 1, 1), date(2100, 1, 1))


@given(first=DAYS, length=some.integers(0, 91), start_day=some.integers(1, 28))
def test_business_months_cover_the_dates_without_gap_or_overlap(first: date, length: int, start_day: int) -> None:
    last = first + timedelta(days=length)
    months = business_months(first, last, start_day)
    assert months[0][0] <= first <= months[0][1]
    assert months[-1][0] <= last <= months[-1][1]
    assert all(start.day == start_day for start, _ in months)
    assert all(end + timedelta(days=1) == start for (_, end), (start, _) in pairwise(months))


@given(after=DAYS, start_day=some.integers(1, 28), months=some.integers(1, 2))
def test_a_new_period_is_whole_business_months_from_the_next_start_day(
    after: date, start_day: int, months: int
) -> None:
    first, last = default_dates(after, start_day, months)
    assert after <= first < after + timedelta(days=31)
    assert month_start(first, start_day) == first
    assert len(business_months(first, last, start_day)) == months
    assert month_start(last + timedelta(days=1), start_day) == last + timedelta(days=1)


def test_two_business_months_around_new_year() -> None:
    assert default_dates(date(2026, 11, 23), 21, 2) == (date(2026, 12, 21), date(2027, 2, 20))


def test_holidays_have_names_in_the_teams_language_where_their_country_knows_it() -> None:
    first, last = date(2026, 12, 21), date(2027, 1, 20)
    new_year = date(2027, 1, 1)
    assert national_holidays("JP", first, last, "ja")[new_year] == "元日"
    assert national_holidays("JP", first, last, "en")[new_year] == "New Year's Day"
    assert new_year in national_holidays("DE", first, last, "ja")


def test_holidays_lie_within_the_dates_and_an_unknown_country_has_none() -> None:
    assert set(national_holidays("JP", date(2027, 1, 2), date(2027, 1, 11), "ja")) == {date(2027, 1, 11)}
    for country in ("", "XX"):
        assert national_holidays(country, date(2027, 1, 1), date(2027, 1, 31), "ja") == {}
    assert {"JP", "US", "DE"} <= countries()


CELLS = some.builds(
    PatchCell,
    some.integers(1, 2**40),
    DAYS,
    some.none() | some.integers(1, 2**40),
    some.booleans(),
    some.text(max_size=40),
)


@given(seq=some.integers(1, 2**40), cells=some.lists(CELLS, max_size=20).map(tuple))
def test_a_patch_travels_whole_or_is_left_out(seq: int, cells: tuple[PatchCell, ...]) -> None:
    patch = Patch(seq, "paste", cells, "Sato 健一")
    line = encode(3, 7, patch, 5)
    notice = decode(line)
    assert len(line.encode()) <= MOST_BYTES
    assert (notice.team_id, notice.period_id, notice.seq) == (3, 7, seq)
    assert (notice.kind, notice.user_id) == ("paste", 5)
    assert notice.patch in (patch, None)
    assert notice.patch is None or notice.patch.author == "Sato 健一"


@pytest.mark.parametrize(("cells", "whole"), [(100, True), (1000, False)])
def test_a_patch_of_a_hundred_cells_fits_into_a_notification(cells: int, whole: bool) -> None:
    many = tuple(PatchCell(123, date(2027, 1, 1) + timedelta(days=day), 17, False, "") for day in range(cells))
    assert (decode(encode(3, 7, Patch(1, "run", many), None)).patch is not None) == whole

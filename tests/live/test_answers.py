"""Why nothing keeps the hard rules, as the page is told it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from shiftapp.domain.book import Reading
from shiftapp.live.answers import answer_values
from shiftapp.live.replica import Replica
from tests.domain.test_run import RUN
from tests.live.books import OFF, book

GROUP, CALENDAR = "105/3", "102"


def step(act: str, rule: str, kind: str, **given: Any) -> dict[str, Any]:
    plain = {"people": (), "days": (), "shifts": (), "limit": None, "before": None, "after": None}
    return {"act": act, "rule": rule, "kind": kind, "position": 0, "item": None} | plain | given


def told(answer: Mapping[str, Any] | None, choice: int | None = None) -> dict[str, Any]:
    replica = Replica(Reading(book(), {}))
    return answer_values(replace(RUN, answer=answer, choice=choice), replica.lines)


def label(kind: str) -> str:
    labels = Replica(Reading(book(), {})).lines.labels
    return str(next(place for place, (one, *_) in enumerate(labels) if one == kind))


def answer(*steps: dict[str, Any]) -> dict[str, Any]:
    parts = [
        {"rule": "kept", "kind": "pins", "people": ["11"], "days": [5], "shift": str(OFF)},
        {"rule": CALENDAR, "kind": "calendar", "people": [], "days": [5]},
    ]
    ways = [{"steps": steps, "broken": 1, "cost": 40, "roster": {}}] if steps else []
    return {"status": "clash", "clashes": [{"parts": parts, "minimal": True}], "relaxations": ways}


def test_a_run_without_an_answer_tells_none() -> None:
    assert told(None) == {
        "verdict": "",
        "clashes": [],
        "ways": [],
        "away": "",
        "options": [],
        "exhausted": False,
        "others": [],
        "choice": -1,
    }


def test_a_part_names_its_rule_by_position_its_people_by_row_and_what_a_run_added_by_its_own_name() -> None:
    letter = Replica(Reading(book(), {})).letters[OFF]
    assert told(answer())["clashes"] == [["1", f"kept|1|5||{letter}", f"{label('calendar')}||5||"]]


def test_a_step_says_what_is_given_up_in_the_units_of_the_page_and_which_rule_of_the_team_that_is() -> None:
    unpin = step("unpin", "kept", "pins", people=["11"], days=[5], shifts=[str(OFF)])
    looser = step("loosen", GROUP, "group_cover", limit="limit", before=2, after=3)
    (way,) = told(answer(unpin, looser), choice=0)["ways"]
    letter = Replica(Reading(book(), {})).letters[OFF]
    assert way == ["40", "1", f"unpin|kept|1|5|||||{letter}|", way[3]]
    assert way[3] == f"loosen|{label('group_cover')}||||limit|1|1.5||105"


def test_the_way_out_that_was_taken_is_told() -> None:
    assert told(answer(step("drop", CALENDAR, "calendar")), choice=0)["choice"] == 0


def test_a_wish_that_is_not_granted_leads_to_no_rule_to_change() -> None:
    (way,) = told(answer(step("withdraw", CALENDAR, "calendar", people=["11"], days=[5])))["ways"]
    assert way[2].endswith("|")


def test_an_absence_is_told_by_row_and_columns_one_span_of_days_after_another() -> None:
    days = [RUN.starts + timedelta(days=day) for day in range(6)]
    away = [{"staff_id": 11, "first": str(days[at]), "last": str(days[end])} for at, end in ((1, 2), (5, 5))]
    replica = Replica(Reading(book(), {}))
    run = replace(RUN, kind="repair", question={"away": away})
    assert answer_values(run, replica.lines)["away"] == "1|1|2;1|5|"

"""What a run has proved, as the page is told it."""

from dataclasses import replace

import pytest

from shiftapp.live.proved import proved_values
from tests.domain.test_run import RUN


@pytest.mark.parametrize(
    ("outcome", "cost", "bound", "told"),
    [
        ("", 200, 150, ("", {})),
        ("feasible", 200, 150, ("at_least", {"cost": 150, "found": 200})),
        ("optimal", 200, 200, ("cheapest", {"cost": 200})),
        ("feasible", 200, 0, ("", {})),
        ("feasible", 200, None, ("", {})),
        ("infeasible", None, None, ("none", {})),
    ],
)
def test_a_cost_is_proved_once_the_search_has_ended(
    outcome: str, cost: int | None, bound: int | None, told: tuple[str, dict[str, int]]
) -> None:
    values = proved_values(replace(RUN, outcome=outcome, cost=cost, bound=bound))
    assert (values["proof"], values["proof_args"], values["wishes"]) == (*told, {})


def test_what_the_roster_does_not_meet_of_the_soft_wishes_is_counted_by_wish() -> None:
    broken = [
        {"kind": "requests", "hard": False, "amount": 7},
        {"kind": "requests", "hard": True, "amount": 1},
        {"kind": "coverage", "hard": False, "amount": 3},
        {"kind": "requests", "hard": False, "amount": 1},
    ]
    wishes = {"granted": 46, "wishes": 48, "met": 46}
    told = proved_values(replace(RUN, violations=broken, wishes=wishes))["wishes"]
    assert told == {"granted": 46, "wishes": 48, "here": 46}

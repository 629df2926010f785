"""Whom and when a rule concerns is read as it was ticked and typed, or refused beside its field."""

from datetime import date

import pytest

from shiftapp.domain.rule_values import RuleScope
from shiftapp.ui.state.form import ON, Form
from shiftapp.ui.state.rule_scope import MOST_DATES, read_scope
from shiftapp.ui.text import table


def read(**fields: str) -> tuple[RuleScope, Form]:
    form = Form({"scope": ON} | {f"scope.{name}": typed for name, typed in fields.items()})
    found = read_scope(form)
    assert found is not None
    return RuleScope.model_validate(found), form


def test_a_form_without_a_scope_changes_none() -> None:
    assert read_scope(Form({"scope.day.5": ON})) is None


def test_nothing_chosen_is_everybody_every_day() -> None:
    assert read(first="", last="", dates="")[0] == RuleScope()


def test_what_is_ticked_and_typed_is_what_the_rule_concerns() -> None:
    ticked = {"staff.12": ON, "staff.3": ON, "group.7": ON, "type.regular": ON, "day.0": ON, "day.6": ON}
    typed = {"dates": "2026/12/31、2026-12-24, 2026-12-24", "first": "2026-12-21", "last": "2026-12-31"}
    scope, form = read(**ticked, **typed)
    assert not form.wrong
    assert scope == RuleScope(
        staff=(3, 12),
        groups=(7,),
        staff_types=("regular",),
        weekdays=(0, 6),
        dates=(date(2026, 12, 24), date(2026, 12, 31)),
        first=date(2026, 12, 21),
        last=date(2026, 12, 31),
    )


@pytest.mark.parametrize(
    ("fields", "blamed"),
    [
        ({"first": "2026-12-22", "last": "2026-12-21"}, "scope.last"),
        ({"first": "soon"}, "scope.first"),
        ({"dates": "2026-12-24, 2026-12-32"}, "scope.dates"),
        (
            {"dates": " ".join(date.fromordinal(739000 + day).isoformat() for day in range(MOST_DATES + 1))},
            "scope.dates",
        ),
    ],
)
def test_what_cannot_be_is_told_beside_its_field_in_both_languages(fields: dict[str, str], blamed: str) -> None:
    form = Form({"scope": ON} | {f"scope.{name}": typed for name, typed in fields.items()})
    read_scope(form)
    assert list(form.wrong) == [blamed]
    assert form.wrong[blamed].code in table()

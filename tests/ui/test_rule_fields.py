"""The form of every kind of rule: each number has a label, comes back as it was, and is refused where it is wrong."""

from collections.abc import Iterator

import pytest

from shiftapp.domain.rule_settings import PARAMS, RULE_KINDS, RuleKind, default_rule, read_params
from shiftapp.ui.state.form import ON, Form
from shiftapp.ui.state.rule_fields import COVERS, FIELDS, HALVES, HOURS, Field, Number, OneOf, read_fields
from shiftapp.ui.text import table

KINDS = tuple(FIELDS)


def shown(name: str, value: object, unit: int) -> Iterator[tuple[str, str]]:
    """Yield what the page's controls hold for a value."""
    match value:
        case None:
            pass
        case bool():
            yield name, ON if value else ""
        case int():
            yield name, f"{value / unit:g}"
        case str():
            yield name, value
        case dict():
            for key, inner in value.items():
                yield from shown(f"{name}.{key}", inner, unit)
        case tuple() | list():
            for one in value:
                yield f"{name}.{one}", ON


def typed(kind: RuleKind, params: dict[str, object]) -> dict[str, str]:
    found: dict[str, str] = {}
    for field in FIELDS[kind]:
        unit = getattr(field, "unit", 1) or HALVES  # rolling limits count days off unless told otherwise
        value = params[field.name]
        if isinstance(field, OneOf) and isinstance(value, bool):
            value = field.options[value]
        found |= dict(shown(field.name, value, unit))
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_stored_comes_back_as_it_was(kind: RuleKind) -> None:
    params = default_rule(kind).params.model_dump()
    if kind == "pair":
        params |= {"staff": (4, 7), "together": True}
    if kind == "coverage":
        params |= {"skill": "grill", "every_day": {"minimum": 1, "preferred": 2, "maximum": None}}
        params |= {"by_weekday": {5: {"minimum": 3, "preferred": None, "maximum": 4}}, "shifts": ("work", 12)}
    form = Form(typed(kind, params))
    read = read_fields(kind, form)
    assert form.wrong == {}
    assert read_params(kind, params | read) == read_params(kind, params)


@pytest.mark.parametrize(
    ("kind", "changed", "field", "code"),
    [
        ("minimum_rest", {"minutes": "0"}, "minutes", "form.range"),
        ("minimum_rest", {"minutes": "eleven"}, "minutes", "form.hours"),
        ("minimum_rest", {"minutes": ""}, "minutes", "form.required"),
        ("rolling_limits", {"limits.minimum": "3", "limits.maximum": "2"}, "limits.minimum", "form.order"),
        ("rolling_limits", {"window": "1"}, "window", "form.range"),
        ("coverage", {"every_day.minimum": "5", "every_day.preferred": "4"}, "every_day.minimum", "form.order"),
        ("coverage", {"by_weekday.3.maximum": "x"}, "by_weekday.3.maximum", "form.number"),
        ("weekends", {"working.work": "", "working.early": "", "working.late": ""}, "working", "form.tick_one"),
        ("run_lengths", {"minimum": "5", "maximum": "2"}, "minimum", "form.order"),
        ("staff_type_limits", {"by_staff_type.contract": "1.3"}, "by_staff_type.contract", "form.half"),
        ("pair", {"staff.4": ON}, "staff", "rules.people.few"),
        ("fairness", {"days": "sometimes"}, "days", "form.choice"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(kind: RuleKind, changed: dict[str, str], field: str, code: str) -> None:
    form = Form(typed(kind, default_rule(kind).params.model_dump()) | changed)
    read_fields(kind, form)
    assert form.wrong[field].code == code


def test_hours_and_half_days_are_typed_in_the_unit_that_is_counted() -> None:
    base = {"window": "7", "limits.minimum": "1.5"}
    for count, kept in (("days_off", 3), ("minutes", 90)):
        assert read_fields("rolling_limits", Form(base | {"count": count}))["limits"]["minimum"] == kept
    form = Form(base | {"count": "days_worked"})
    read_fields("rolling_limits", form)
    assert form.wrong["limits.minimum"].code == "form.number"


def labels(kind: str, field: Field) -> Iterator[str]:
    yield f"rules.{kind}.{field.name}"
    if isinstance(field, OneOf):
        yield from (f"rules.{kind}.{field.name}.{option}" for option in field.options)


def test_every_field_option_and_breach_has_a_text() -> None:
    texts = table().keys()
    wanted = {key for kind, fields in FIELDS.items() for field in fields for key in labels(kind, field)}
    assert wanted - texts == set()
    assert {f"form.{end}" for end in COVERS} - texts == set()
    assert {kind for kind in RULE_KINDS if not any(key.startswith(f"broken.{kind}") for key in texts)} == set()


def test_a_field_is_a_number_of_its_rule() -> None:
    for kind, fields in FIELDS.items():
        assert {field.name for field in fields} <= PARAMS[kind].model_fields.keys()
        assert all(field.low <= field.high for field in fields if isinstance(field, Number))
    assert any(field.unit == HOURS for field in FIELDS["hours"] if isinstance(field, Number))

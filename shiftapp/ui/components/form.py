"""Parts of a form: every control has a label, and what is wrong with it stands beside it.

Controls are the browser's own, uncontrolled. A field that a colleague changes follows at once; one that was typed into
stays as it was typed, and says what is saved now. A form sends one dict of names and texts, read by
`shiftapp.ui.state.form`.
"""

from collections.abc import Sequence
from typing import Any

import reflex as rx

from shiftapp.ui.components.form_open import MARK, faults, typed_over
from shiftapp.ui.js import Js, js, known, name, var, when
from shiftapp.ui.say import phrase, say, word
from shiftapp.ui.state.answers import WHOLE
from shiftapp.ui.state.form import ON

Choice = tuple[str, str]
"""Value and text key of an option."""


def place(field: Any) -> Js:
    """Return the element id of a field's control."""
    return js("field-") + field


def wrong(field: Any) -> Js:
    """Return what is wrong with a field, as an expression: ``{code, given}`` or undefined."""
    return faults()[field]


def error(field: Any) -> rx.Component:
    """Draw what is wrong with a field, in the reader's language."""
    found = wrong(field)
    return rx.el.span(
        var(when(found, phrase(word(known(found, js({"code": ""})).code), known(found, js({"given": {}})).given), "")),
        class_name="form-error",
        role="alert",
        custom_attrs={"id": var(place(field) + "-error")},
    )


def whole_error() -> rx.Component:
    """Draw what is wrong with the form as a whole."""
    return error(WHOLE)


def labels(field: Any) -> dict[str, Any]:
    """Return the attributes that tie a control to its label and its error."""
    return {
        "id": var(place(field)),
        "aria-describedby": var(place(field) + "-error"),
        "aria-invalid": var(when(wrong(field), "true", None)),
    }


def labelled(
    label: Any, field: Any, control: rx.Component, hint: str | None = None, wide: bool = False
) -> rx.Component:
    """Draw a control below its label, with its hint and its error below it."""
    return rx.el.div(
        rx.el.label(label, custom_attrs={"htmlFor": var(place(field))}, class_name="form-label"),
        control,
        rx.el.span(say(k=hint), class_name="form-hint") if hint else rx.fragment(),
        error(field),
        class_name="form-field form-wide" if wide else "form-field",
    )


def line(field: Any, value: Any, **properties: Any) -> rx.Component:
    """Draw a line to type in."""
    attributes = labels(field) | properties.pop("custom_attrs", {}) | marked(value)
    return rx.fragment(
        rx.el.input(
            key=fresh(field, value),
            name=_text(field),
            default_value=_text(value),
            auto_complete="off",
            class_name=f"form-input {properties.pop('class_name', '')}",
            custom_attrs=attributes,
            **properties,
        ),
        rx.cond(
            var(_fresh_as(field, value) != _mark(value), bool),
            rx.el.span(
                var(phrase(word("form.saved_now"), {"value": when(js(value) == "", "–", value)})),
                class_name="form-moved",
                role="status",
            ),
        ),
    )


def figure(field: Any, value: Any, halves: bool = False, **properties: Any) -> rx.Component:
    """Draw a small field for a number; ``halves`` shows half days as days. Empty where there is none."""
    shown = when(js(value) == None, "", js(value) / 2 if halves else value)  # noqa: E711
    return line(
        field,
        name("String")(known(shown, "")),
        input_mode="decimal" if halves else "numeric",
        class_name="form-number",
        **properties,
    )


def between(field: Any, limits: Any, halves: bool = False, label: Any = "") -> rx.Component:
    """Draw a minimum and a maximum side by side."""
    found = known(limits, js({}))

    def end(which: str) -> rx.Component:
        return figure(
            js(field) + f".{which}",
            known(found[which], None),
            halves,
            custom_attrs={"aria-label": var(js(label) + " " + word(f"form.{which}"))},
        )

    return rx.el.span(
        rx.el.span(end("minimum"), "–", end("maximum"), class_name="form-between"),
        error(js(field) + ".minimum"),
        error(js(field) + ".maximum"),
        class_name="form-between-field",
    )


def tick(field: Any, ticked: Any, label: rx.Component, **properties: Any) -> rx.Component:
    """Draw a box to tick."""
    return rx.el.label(
        rx.el.input(
            key=fresh(field, ticked),
            type="checkbox",
            name=_text(field),
            value=ON,
            default_checked=var(js(ticked), bool),
            class_name="form-tick",
            custom_attrs=marked(ticked) | properties.pop("custom_attrs", {}),
            **properties,
        ),
        label,
        class_name="form-ticked",
    )


def ticks(prefix: str, options: Sequence[Choice], ticked: Any, legend: str) -> rx.Component:
    """Draw a group of boxes, named ``prefix.option``; ``ticked`` lists the options that are ticked."""
    return rx.el.fieldset(
        rx.el.legend(say(k=legend), class_name="form-label"),
        *(tick(f"{prefix}.{value}", js(ticked).includes(value), say(k=text)) for value, text in options),
        error(prefix),
        class_name="form-ticks",
    )


def choose(field: Any, value: Any, options: Sequence[Choice], **properties: Any) -> rx.Component:
    """Draw a choice of one of a few options, as the browser's own list."""
    return rx.el.select(
        *(rx.el.option(var(word(text)), value=option) for option, text in options),
        key=fresh(field, value),
        name=_text(field),
        default_value=_text(value),
        class_name="form-input form-select",
        custom_attrs=labels(field) | marked(value),
        **properties,
    )


def pick(field: Any, value: Any, options: Js, **properties: Any) -> rx.Component:
    """Draw a choice of one of those that the page itself knows: a list of ``[value, label]``."""
    return rx.el.select(
        rx.foreach(var(options, list[Any]), lambda one: rx.el.option(var(js(one)[1]), value=var(js(one)[0]))),
        key=fresh(field, value),
        name=_text(field),
        default_value=_text(value),
        class_name="form-input form-select",
        custom_attrs=labels(field) | marked(value),
        **properties,
    )


def radios(field: str, value: Any, options: Sequence[Choice], legend: str) -> rx.Component:
    """Draw a choice of one of a few options, all in sight."""
    return rx.el.fieldset(
        rx.el.legend(say(k=legend), class_name="form-label"),
        *(
            rx.el.label(
                rx.el.input(
                    key=fresh(field, value),
                    type="radio",
                    name=field,
                    value=option,
                    default_checked=var(js(value) == option, bool),
                    class_name=f"form-radio form-radio-{option}",
                    custom_attrs=marked(value),
                ),
                say(k=text),
                class_name="form-ticked",
            )
            for option, text in options
        ),
        error(field),
        class_name="form-radios",
    )


def hidden(field: Any, value: Any) -> rx.Component:
    """Send a value that is not typed."""
    return rx.el.input(type="hidden", name=_text(field), value=_text(value))


def fresh(field: Any, value: Any) -> Any:
    """Return a key that draws a control anew when what is stored changes: React would keep the old value in it.

    What was typed into is not drawn anew.
    """
    return var(_fresh_as(field, value))


def _fresh_as(field: Any, value: Any) -> Js:
    return known(typed_over(field), _mark(value))


def _mark(value: Any) -> Js:
    return js("is ") + value


def marked(value: Any) -> dict[str, Any]:
    """Return the attribute that tells the form what a control stood for when it was typed into."""
    return {MARK: var(_mark(value))}


def _text(value: Any) -> Any:
    return value if isinstance(value, str) else var(js(value))

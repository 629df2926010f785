"""What a page offers after a rule was removed or reset or weights were replaced, and what opens once a rule is made."""

import reflex as rx

from shiftapp.ui.client import Kept, event, refs, send
from shiftapp.ui.components.form_dialog import button, icon_button
from shiftapp.ui.components.form_open import show
from shiftapp.ui.components.rule_card import button_of, title
from shiftapp.ui.components.rule_tools import FIND
from shiftapp.ui.js import DOCUMENT, Js, do, fn, js, known, name, put, var, when
from shiftapp.ui.say import phrase, say, word
from shiftapp.ui.state.rules import RulesState

DISMISSED = Kept("undogone", 0)


def undo_notice() -> rx.Component:
    """Draw the offer to undo the last step; it fades by itself, unless somebody is at it."""
    offered = js(RulesState.undo)
    number = known(offered.number, 0)
    return rx.cond(
        var((number > 0) & (number != DISMISSED.value), bool),
        rx.el.div(undo_offer(offered=RulesState.undo), key=var(number)),
    )


@rx.memo
def undo_offer(offered: rx.Var[dict]) -> rx.Component:
    """Draw one offer: a component of its own, so that the next one takes the keyboard anew."""
    return _offer(js(offered))


def _offer(offered: Js) -> rx.Component:
    undo = when(
        offered.removed,
        send(RulesState.restore(var(offered.removed, dict))),
        when(
            offered.reset,
            send(RulesState.undo_reset(var(offered.reset, dict))),
            send(RulesState.reweigh(var(offered.reweighed, dict))),
        ),
    )
    dismiss = DISMISSED.set(offered.number)
    # what was removed took the keyboard with it
    focus = when(offered.removed, DOCUMENT.getElementById("undo").focus())
    return rx.el.div(
        rx.el.span(var(_sentence(offered))),
        button(say(k="rules.undo"), undo, id="undo"),
        icon_button("x", word("form.close"), dismiss),
        class_name="notice offer",
        on_mount=event(fn(lambda: focus)),
        custom_attrs={"onAnimationEnd": event(fn(lambda: dismiss))},
    )


def _sentence(offered: Js) -> Js:
    done = offered.reweighed
    removed = phrase(word("rules.removed"), {"rule": title(offered.removed)})
    reset = phrase(word("rules.was_reset"), {"rule": title(offered.reset.former)})
    weighed = phrase(
        word("rules.reweighed"),
        {
            "preset": word(js("rules.preset.") + done.preset),
            "count": name("String")(name("Object").keys(done.weights).length),
        },
    )
    return when(offered.removed, removed, when(offered.reset, reset, weighed))


def made_rule() -> rx.Component:
    """Open the form of the rule that was made last, once."""
    number = known(js(RulesState.made).number, 0)
    return rx.cond(var(number > 0, bool), rx.el.span(opener(made=RulesState.made), key=var(number), hidden=True))


@rx.memo
def opener(made: rx.Var[dict]) -> rx.Component:
    """Open a rule's form when drawn, unless that was done before somebody left the page and came back."""
    seen, number = refs("maderule"), js(made).number
    opens = do(put(seen, number), FIND.set(""), show(button_of(js(made).rule)))
    return rx.el.span(on_mount=event(fn(lambda: when(seen != number, opens))))

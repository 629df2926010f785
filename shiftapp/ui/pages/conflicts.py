"""The page on which a team chooses what becomes of two edits that meet in one cell."""

import reflex as rx

from shiftapp.domain.conflict import STRATEGIES
from shiftapp.ui.client import event, send
from shiftapp.ui.components.settings import settings
from shiftapp.ui.js import fn, js, var
from shiftapp.ui.say import say, word
from shiftapp.ui.state.conflicts import StrategyState

ROUTE = "/settings/conflicts"


def conflicts() -> rx.Component:
    """Draw the page."""
    return settings(
        "conflicts",
        rx.cond(
            var(StrategyState.ready, bool),
            rx.el.div(
                *map(_strategy, STRATEGIES),
                class_name="strategies",
                custom_attrs={"role": "radiogroup", "aria-label": var(word("conflicts.label"))},
            ),
        ),
        may_edit=StrategyState.may_edit,
    )


def _strategy(strategy: str) -> rx.Component:
    choose = send(StrategyState.choose(var({"strategy": strategy}, dict)))
    return rx.el.label(
        rx.el.input(
            type="radio",
            name="strategy",
            value=strategy,
            checked=var(js(StrategyState.strategy) == strategy, bool),
            disabled=var(~js(StrategyState.may_edit), bool),
            custom_attrs={"onChange": event(fn(lambda: choose))},
        ),
        rx.el.span(
            rx.el.span(say(k=f"conflicts.{strategy}"), class_name="item-name"),
            rx.el.span(say(k=f"conflicts.{strategy}.says"), class_name="item-says"),
            class_name="item-words",
        ),
        class_name="strategy",
    )

"""What stands at an address where there is nothing."""

import reflex as rx

from shiftapp.ui.layout import bare
from shiftapp.ui.say import say

ROUTE = "404"


def missing() -> rx.Component:
    """Draw the page: it says so, and leads back."""
    return bare(
        rx.el.div("○×△", class_name="entry-mark", custom_attrs={"aria-hidden": True}),
        rx.el.h1(say(k="missing.title")),
        rx.el.p(say(k="missing.says"), class_name="form-hint"),
        rx.link(say(k="missing.back"), href="/", class_name="form-button primary"),
        title="missing.title",
    )

"""What the browser does by itself, without the page's events."""

from typing import Any

import reflex as rx
from reflex_components_core.el.elements.base import BaseHTML


class _Form(BaseHTML):
    """A form that the browser sends: Reflex's own always keeps it from doing so."""

    tag = "form"


def native_form(*content: rx.Component, action: str, class_name: str = "", **attributes: Any) -> rx.Component:
    """Draw a form that is posted to a route."""
    return _Form.create(
        *content, class_name=class_name, custom_attrs={"action": action, "method": "post", **attributes}
    )

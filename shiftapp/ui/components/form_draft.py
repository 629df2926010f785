"""Lists that an open form changes in the browser: untouched they follow what is saved, touched they stay.

They are no controls of the browser, so the page itself has to know what they began from.
"""

from collections.abc import Callable

import reflex as rx

from shiftapp.ui.client import Kept, event, refs
from shiftapp.ui.js import Js, do, fn, js, known, name, put, var, when
from shiftapp.ui.say import say

_written = name("JSON").stringify


class Draft:
    """The rows of one list.

    Parameters
    ----------
    rows : Kept
        As the form shows and sends them.
    shown : callable
        Makes rows of what is stored.
    """

    def __init__(self, rows: Kept, shown: Callable[[Js], Js] = js) -> None:
        self._rows, self._shown = rows, shown
        self._began = refs(f"{rows.name}began")

    def begin(self, stored: Js) -> Js:
        """Take up what is stored."""
        return do(put(self._began, _written(self._shown(stored))), self._rows.set(self._shown(stored)))

    def take_up(self, stored: Js) -> rx.Component:
        """Take up anew what is stored, when drawn, unless the list was changed here."""
        again = when(_written(self._rows.now) == self._began, self.begin(stored))
        return rx.el.span(on_mount=event(fn(lambda: again)))

    def follow(self, stored: Js, taking_up: rx.Component) -> rx.Component:
        """Draw what follows a colleague, or says that it could not.

        Parameters
        ----------
        taking_up : rx.Component
            `take_up` as a component of its own, which is drawn anew for everything that is stored.
        """
        began, shown = known(self._began, ""), _written(self._shown(stored))
        touched = (began != "") & (_written(self._rows.value) != began) & (shown != began)
        return rx.fragment(
            rx.el.span(taking_up, key=var(_written(stored)), hidden=True),
            rx.cond(
                var(touched, bool), rx.el.p(say(k="form.changed_meanwhile"), class_name="form-moved", role="status")
            ),
        )

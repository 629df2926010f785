"""What a page keeps for its user between visits, in the browser alone: folded panels and the like."""

from typing import Any

from shiftapp.ui.client import Kept
from shiftapp.ui.js import WINDOW, Js, do, let, name, when

JSON = name("JSON")


class Remembered(Kept):
    """A value that the browser keeps, also for the next visit.

    It is drawn first as its default, for the page stands before it has a reader: call `recall` once it is there.
    """

    @property
    def _key(self) -> str:
        return f"shiftapp.{self.name}"

    def keep(self, value: Any) -> Js:
        """Set it, now and for the next visit."""
        write = WINDOW.localStorage.setItem
        return let(value, lambda given: do(self.set(given), write(self._key, JSON.stringify(given))))

    def recall(self) -> Js:
        """Take up what was kept, if anything was."""
        stored = WINDOW.localStorage.getItem(self._key)
        return let(stored, lambda text: when(text, self.set(JSON.parse(text))))

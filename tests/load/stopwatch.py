"""A stopwatch inside a page: when a key came, when the document showed what it did, when that was painted.

All pages of one machine share the clock: ``performance.timeOrigin + performance.now()``.
"""

import json
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field

from playwright.async_api import Page, WebSocket

START = """() => {
  const now = () => performance.timeOrigin + performance.now();
  const book = window.stopwatch = {keys: [], shown: [], moved: []};
  document.addEventListener('keydown', (e) => book.keys.push([e.key, performance.timeOrigin + e.timeStamp]), true);
  const painted = (entry) => requestAnimationFrame(() => {
    const {port1, port2} = new MessageChannel();
    port1.onmessage = () => { entry.push(now()); port1.close(); };
    port2.postMessage(0);
  });
  new MutationObserver((changes) => {
    const at = now();
    for (const change of changes) {
      const node = change.target;
      const cell = (node.nodeType === 1 ? node : node.parentElement)?.closest('[data-cell]');
      if (!cell) continue;
      const moved = change.type === 'attributes';
      if (moved && !cell.classList.contains('active')) continue;
      const entry = [cell.dataset.cell, cell.textContent, at];
      (moved ? book.moved : book.shown).push(entry);
      painted(entry);
    }
  }).observe(document.getElementById('sheet-body'),
             {subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ['class']});
}"""
"""An entry is [cell, text, changed in the document, painted]: the last once the frame was handed over."""

Entry = tuple[str, str, float, float]


@dataclass
class Traffic:
    """Bytes of the messages a page's socket received."""

    received: int = 0

    def follow(self, page: Page) -> None:
        """Count what the page's sockets receive from now on; call it before the page is loaded."""

        def count(message: str | bytes) -> None:
            self.received += len(message.encode() if isinstance(message, str) else message)

        def opened(socket: WebSocket) -> None:
            socket.on("framereceived", count)

        page.on("websocket", opened)


@dataclass
class Record:
    """What one page's stopwatch wrote."""

    keys: list[tuple[str, float]] = field(default_factory=list)
    shown: list[Entry] = field(default_factory=list)
    moved: list[Entry] = field(default_factory=list)

    def key(self, name: str, after: float) -> float | None:
        """Return when a key came first after a moment."""
        return next((at for key, at in self.keys if key == name and at > after), None)

    def showed(self, cell: str, at: float) -> str | None:
        """Return what a cell showed at a moment; None where it had not changed before."""
        return next((one[1] for one in reversed(self.shown) if one[0] == cell and one[2] <= at), None)

    def first_shown(self, cell: str, text: str, after: float) -> Entry | None:
        """Return the first time a cell showed a text after a moment."""
        return next((one for one in self.shown if one[:2] == (cell, text) and one[2] > after), None)

    def first_moved(self, cell: str, after: float) -> Entry | None:
        """Return the first time the cursor was on a cell after a moment."""
        return next((one for one in self.moved if one[0] == cell and one[2] > after), None)


async def start(page: Page) -> None:
    """Start the page's stopwatch."""
    await page.evaluate(START)


async def read(page: Page) -> Record:
    """Read the page's stopwatch; entries that were never painted count as painted when shown."""
    book = json.loads(await page.evaluate("JSON.stringify(window.stopwatch)"))
    entries = {name: [(*one[:3], one[-1]) for one in book[name]] for name in ("shown", "moved")}
    return Record([(key, at) for key, at in book["keys"]], entries["shown"], entries["moved"])


def figures(spent: Sequence[float]) -> dict[str, float]:
    """Return the median and the 95th percentile of some milliseconds."""
    return {
        "median": round(statistics.median(spent), 1),
        "p95": round(statistics.quantiles(spent, n=20)[-1], 1),
        "worst": round(max(spent), 1),
    }

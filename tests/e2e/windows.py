"""Pages of a browser, lent to one person after another.

A page that has shown the program before costs half of what a new one does: no process starts, and nothing is fetched
and compiled again. What its last person could have left is taken away: cookies, what pages keep, permissions, a line
that was cut, further pages. A test that changes what documents start with (a script of its own, the clock, a route)
sets its page apart, and one that ends its server closes the context.
"""

from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from playwright.async_api import Browser, Page

from shiftapp.auth import sessions
from tests.people import Person
from tests.served import Served

BETWEEN = "/health"
"""A page of the program's origin that runs nothing of it: one of another origin would end the page's process."""
FORGET = "localStorage.clear(); sessionStorage.clear()"
OF_THE_PAGE = ("viewport", "color_scheme")
"""What an open page can be told; everything else its context is made with."""


@dataclass
class _Lent:
    """What is known of a page: whose it may be next, and what broke in it for the one who has it."""

    kind: tuple[str, str] | None
    broken: list[str]
    between: str = field(init=False, default="")


_lent: WeakKeyDictionary[Page, _Lent] = WeakKeyDictionary()
_free: WeakKeyDictionary[Browser, dict[tuple[str, str], list[Page]]] = WeakKeyDictionary()


async def lend(browser: Browser, served: Served, person: Person, broken: list[str], **options: object) -> Page:
    """Return an empty page in which somebody is signed in; what breaks in it is added to ``broken``."""
    lasting = {name: given for name, given in options.items() if name not in OF_THE_PAGE}
    kind = served.address, repr(sorted(lasting.items()))
    free = _free.setdefault(browser, {}).setdefault(kind, [])
    page = free.pop() if free else await _new(browser, lasting)
    lent = _lent[page]
    lent.kind, lent.broken, lent.between = kind, broken, f"{served.address}{BETWEEN}"
    await page.set_viewport_size(options["viewport"])  # pyright: ignore[reportArgumentType]
    await page.emulate_media(color_scheme=options.get("color_scheme", "light"))  # pyright: ignore[reportArgumentType]
    await page.context.add_cookies([{"name": sessions.COOKIE, "value": person.token, "url": served.address}])
    return page


async def _new(browser: Browser, options: dict[str, object]) -> Page:
    context = await browser.new_context(**options)  # pyright: ignore[reportArgumentType]
    page = await context.new_page()
    lent = _lent[page] = _Lent(None, [])
    page.on("pageerror", lambda error: lent.broken.append(str(error)))
    page.on("console", lambda said: lent.broken.append(said.text) if said.type == "error" else None)
    return page


def set_apart(page: Page) -> None:
    """Let nobody have a page after its person: its documents begin with something of a test's own."""
    _lent[page].kind = None


async def give_back(*pages: Page) -> None:
    """Leave what pages show and clear them for others."""
    for page in pages:
        if page.is_closed():
            continue
        lent, context = _lent[page], page.context
        lent.broken = []
        if lent.kind is None or context.browser is None:
            await context.close()
            continue
        for other in context.pages:
            if other is not page:
                await other.close()
        await context.set_offline(False)
        await page.goto(lent.between)
        await page.mouse.move(0, 0)
        await page.evaluate(FORGET)
        await context.clear_cookies()
        await context.clear_permissions()
        _free[context.browser][lent.kind].append(page)

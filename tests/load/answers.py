"""``python -m tests.load.answers``: how long one waits at the page for what another shift would cost.

Serves the program with a PostgreSQL of its own and the demo kitchen, 18 × 62, filled by a run. In a Chromium a cell is
asked about, then a shift, from the press until the dialog tells what it costs or which rules forbid it, by a clock in
the page: the server reads the period, writes the problem down, and asks a process. The last line is one JSON object.
"""

import argparse
import asyncio
import json
import os
import random
import statistics

from playwright.async_api import async_playwright

from tests.e2e.generating import command, ended, generate, gone
from tests.e2e.screen import Screen, sit_down
from tests.stage import launch, stage

CLOCK = """() => {
  let pressed = 0
  document.addEventListener('click', () => { pressed = performance.now(); window.answer = null }, true)
  new MutationObserver(() => {
    const told = document.querySelector('[data-verdict]')?.dataset.verdict
    if (told && told !== 'working') window.answer ??= [told, (performance.now() - pressed) / 1000]
  }).observe(document.body, {subtree: true, childList: true, attributes: true, attributeFilter: ['data-verdict']})
}"""
"""Notes what was told after the latest press, and how many seconds after it."""
ROSTER_SECONDS = 5
IN_VIEW = 12, 14
"""People and days that a window shows at first."""
TOLD = "[data-verdict]:not([data-verdict='']):not([data-verdict=working])"
LONGEST = 30_000
"""Milliseconds that an answer may take."""


async def ask(screen: Screen, chance: random.Random) -> tuple[str, float]:
    """Ask about another shift in a cell; return what was told, and the seconds it took."""
    await screen.stand(*map(chance.randrange, IN_VIEW))
    await screen.press("?")
    choices = screen.page.locator(".why-choices button:enabled")
    await choices.nth(1).wait_for()
    choice = choices.nth(chance.randrange(await choices.count()))
    await choice.click()
    await screen.page.locator(TOLD).wait_for(timeout=LONGEST)
    verdict, seconds = await screen.page.evaluate("window.answer")
    await screen.press("Escape")
    await screen.page.get_by_role("dialog").wait_for(state="detached")
    return verdict, seconds


async def measure(asks: int) -> dict[str, object]:
    """Fill the period and ask."""
    async with stage() as at, async_playwright() as playwright:
        screen = await sit_down(await launch(playwright), at.served, at.kitchen)
        await generate(screen, ROSTER_SECONDS)
        await ended(screen, "finished", LONGEST / 1000)
        await command(screen, "apply").click()
        await gone(screen)
        await screen.page.evaluate(CLOCK)
        chance = random.Random(1)
        answers = [await ask(screen, chance) for _ in range(asks)]
    seconds = [each for _, each in answers]
    return {
        "asked": asks,
        "told": {verdict: sum(told == verdict for told, _ in answers) for verdict in sorted({v for v, _ in answers})},
        "median_s": round(statistics.median(seconds), 2),
        "p95_s": round(statistics.quantiles(seconds, n=20)[-1], 2),
        "worst_s": round(max(seconds), 2),
        "load": round(os.getloadavg()[0], 1),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--asks", type=int, default=20)
    found = asyncio.run(measure(parser.parse_args().asks))
    for name, figure in found.items():
        print(f"{name:10} {figure}")
    print(json.dumps(found))


if __name__ == "__main__":
    main()

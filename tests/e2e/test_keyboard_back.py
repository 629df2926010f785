"""Where the keyboard is after a command whose button goes with it."""

from playwright.async_api import expect

from tests.e2e.conftest import Sit
from tests.e2e.generating import LONG, command, ended, generate, gone


async def test_every_command_of_a_run_gives_the_keyboard_to_the_grid(sit: Sit) -> None:
    me = await sit()
    sheet = me.page.locator("#sheet")

    async def press(which: str) -> None:
        await command(me, which).focus()
        await me.press("Enter")
        await expect(sheet).to_be_focused()

    await generate(me, LONG)
    await expect(sheet).to_be_focused()
    await press("cancel")
    await ended(me, "cancelled")
    await press("close")
    await gone(me)
    for last in ("discard", "apply"):
        await generate(me, 5)
        await ended(me, "finished", 30)
        await press(last)
        await gone(me)
        await expect(sheet).to_be_focused()

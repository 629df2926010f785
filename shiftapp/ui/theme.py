"""How it looks: Radix Themes, our fonts, and the measures that Python and the stylesheet share."""

from typing import ClassVar

import reflex as rx
from reflex_components_core.base.fragment import Fragment

CELL = 30
ROW = 26
HEAD = 46
NAME = 190
TALLY = 46

LINE = 24

STYLESHEETS = ["/app.css"]

_FONTS = {"@fontsource-variable/inter": "5.3.0", "@fontsource-variable/noto-sans-jp": "5.3.1"}


class Fonts(Fragment):
    """Inter and Noto Sans JP, served with the page: a browser loads only the subsets whose characters it draws."""

    lib_dependencies: ClassVar[list[str]] = [f"{font}@{version}" for font, version in _FONTS.items()]

    def add_imports(self) -> dict[str, list[str]]:
        """Import the style sheets that declare the fonts."""
        return {"": [f"{font}/wght.css" for font in _FONTS]}


def theme() -> rx.Component:
    """Return the theme of every page, for Reflex's Radix plugin in ``rxconfig.py``."""
    return rx.theme(accent_color="teal", gray_color="slate", radius="small", scaling="95%", has_background=True)


def head() -> list[rx.Component]:
    """Return what stands in every page's head, for ``rx.App(head_components=…)``."""
    return [rx.el.link(rel="icon", href="/icon.svg", custom_attrs={"type": "image/svg+xml"})]

"""Everything a user reads, in Japanese and English.

Each module of this package holds one table ``TEXTS``: key → (Japanese, English). Keys are unique over all modules and
start with the page or part they belong to. ``{name}`` in a text is a place for an argument.
"""

import importlib
import pkgutil
from functools import cache
from typing import Literal

Language = Literal["ja", "en"]
LANGUAGES: tuple[Language, ...] = ("ja", "en")


@cache
def table() -> dict[str, tuple[str, str]]:
    """Collect the texts of every module of this package."""
    found: dict[str, tuple[str, str]] = {}
    for module in pkgutil.iter_modules(__path__):
        texts = importlib.import_module(f"{__name__}.{module.name}").TEXTS
        if twice := found.keys() & texts.keys():
            msg = f"texts defined twice: {sorted(twice)}"
            raise ValueError(msg)
        found |= texts
    return found


def text(key: str, language: Language, **given: object) -> str:
    """Return one text with its arguments filled in, for what the server itself writes."""
    return table()[key][LANGUAGES.index(language)].format(**given)

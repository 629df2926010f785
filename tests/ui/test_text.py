"""Everything a user reads is there, in both languages."""

import re
from pathlib import Path

from shiftapp.ui.text import table, text

PROGRAM = Path(__file__).parents[2] / "shiftapp"
REFUSED = re.compile(r'Refused\(\s*"([\w.]+)"(?: if [^"]+ else "([\w.]+)")?')
NAMED = re.compile(r'(?:\bsay\(k=|\bword\(|\bheard\()"([\w.]+)"\)')


def _places(sentence: str) -> set[str]:
    return set(re.findall(r"{(\w+)}", sentence))


def _sources() -> str:
    return "\n".join(path.read_text() for path in PROGRAM.rglob("*.py"))


def test_every_text_is_there_in_japanese_and_in_english() -> None:
    assert not [key for key, both in table().items() if len(both) != 2 or not all(one.strip() for one in both)]


def test_both_languages_name_the_same_arguments() -> None:
    assert not [key for key, (ja, en) in table().items() if _places(ja) != _places(en)]


def test_every_refusal_has_a_text() -> None:
    """Those of ``admin.`` are told on the command line alone, which has its own words."""
    codes = {code for pair in REFUSED.findall(_sources()) for code in pair if code and not code.startswith("admin.")}
    assert "refused.right" in codes
    assert codes - table().keys() == set()


def test_every_text_that_a_page_names_is_there() -> None:
    keys = set(NAMED.findall(_sources()))
    assert "nav.label" in keys
    assert keys - table().keys() == set()


def test_a_text_is_filled_in() -> None:
    assert text("status.sum", "en", cells=12, off=4, hours=32) == "12 cells · 4 off · 32 h"
    assert text("status.sum", "ja", cells=12, off=4, hours=32) == "12 セル · 休み 4 · 32 時間"

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


KANA = "[ぁ-んァ-ヶ一-龠]"
HALF_WIDTH = re.compile(
    rf"[()?]|:(?!//|[0-9])|(?<={KANA}) (?={{\w+}}[日件人秒回時個分])|(?<=}}) (?=[日件人秒回時個分セ%])"
)
"""Signs that Japanese sets in full width, and gaps that it does not make before a counter."""


def test_japanese_is_set_as_japanese_is() -> None:
    """Weekdays in a date stand in half-width brackets, as browsers write them."""
    said = {key: ja.replace("({weekday})", "") for key, (ja, _) in table().items()}
    assert not {key: ja for key, ja in said.items() if re.search(KANA, ja) and HALF_WIDTH.search(ja)}


def test_a_text_is_filled_in() -> None:
    assert text("status.sum", "en", cells=12, off=4, hours=32) == "12 cells · 4 off · 32 h"
    assert text("status.sum", "ja", cells=12, off=4, hours=32) == "12セル · 休み 4 · 32時間"

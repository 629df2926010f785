"""Laws of the colours that people are given."""

import re
from pathlib import Path

import pytest

from shiftapp.live.presence import COLOURS

STYLES = (Path(__file__).parents[2] / "assets" / "app.css").read_text(encoding="utf-8")
PEOPLE = dict(re.findall(r"\.p(\d) \{ --person: (#[0-9a-f]{6}); \}", STYLES))
WORDS, LIGHT, DARK = "#ffffff", "#ffffff", "#111113"
"""The words on a person's colour, and the two grounds that it stands on."""


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2, from 0 to 1."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG 2, from 1 to 21."""
    low, high = sorted(luminance(colour) + 0.05 for colour in (one, other))
    return high / low


def test_everybody_gets_a_colour_of_the_stylesheet() -> None:
    assert sorted(PEOPLE) == [str(number) for number in range(COLOURS)]
    assert len(set(PEOPLE.values())) == COLOURS


@pytest.mark.parametrize("person", range(COLOURS))
def test_words_on_a_persons_colour_can_be_read_and_its_frame_is_seen_in_both_lights(person: int) -> None:
    colour = PEOPLE[str(person)]
    assert contrast(WORDS, colour) >= 4.5
    assert min(contrast(LIGHT, colour), contrast(DARK, colour)) >= 3

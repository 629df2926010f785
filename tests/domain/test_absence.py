"""An absence as cells, and as the spans that a run keeps."""

from datetime import date

from shiftapp.domain.absence import absence, from_spans, to_spans, without_pins
from shiftapp.domain.cell import Cell


def day(number: int) -> date:
    return date(2026, 12, number)


def test_spans_are_as_few_as_can_be_and_lead_back_to_the_same_cells() -> None:
    away = absence(7, day(30), date(2027, 1, 2)) | absence(7, day(24), day(24)) | absence(3, day(25), day(26))
    spans = to_spans(away)
    assert spans == [
        {"staff_id": 3, "first": "2026-12-25", "last": "2026-12-26"},
        {"staff_id": 7, "first": "2026-12-24", "last": "2026-12-24"},
        {"staff_id": 7, "first": "2026-12-30", "last": "2027-01-02"},
    ]
    assert from_spans(spans) == away
    assert to_spans(()) == []
    assert from_spans(()) == frozenset()


def test_pins_are_taken_off_there_and_nowhere_else() -> None:
    cells = {(7, day(24)): Cell(1, pinned=True, note="ill"), (3, day(24)): Cell(2, pinned=True)}
    assert without_pins(cells, {(7, day(24))}) == cells | {(7, day(24)): Cell(1, note="ill")}

"""Benchmark tables: a line a problem with its reference, in the page where asked; what is missing is told."""

from __future__ import annotations

import json

import pytest

from solver import bench, memory
from solver.__main__ import main
from solver.bench import replaced
from solver.errors import BadFile
from solver.formats import generate
from tests.solver.test_curtois_qu import WARD

PAGE = "# Figures\n<!-- kitchen -->\nold\n<!-- /kitchen -->\nend\n<!-- curtois-qu -->\n<!-- /curtois-qu -->\n"


def columns(line: str) -> list[str]:
    return [part.strip() for part in line.strip("|").split("|")]


@pytest.fixture
def kitchens(tmp_path):
    folder = tmp_path / "kitchen"
    folder.mkdir()
    for name in ("20x60-1", "15x60-1", "15x60-99"):
        (folder / f"{name}.json").write_text(generate.kitchen(8, 35, 1).model_dump_json(), encoding="utf-8")
    return folder


def test_each_problem_has_its_reference_beside_it_and_the_page_holds_the_same(kitchens, tmp_path, capsys):
    page = tmp_path / "page.md"
    page.write_text(PAGE, encoding="utf-8")
    assert main(["bench", "--data", str(kitchens), "--only", "15x60", "--seconds", "20", "--write", str(page)]) == 0
    printed = capsys.readouterr().out.splitlines()
    head, _, known, unknown = (columns(line) for line in printed[:-1])
    assert (known[0], unknown[0]) == ("15x60-1", "15x60-99")  # in the order of their numbers
    row = dict(zip(head, known, strict=True))
    assert (row["status"], row["cost"], row["reference"]) == ("optimal", row["bound"], "850")
    assert row["above it %"] == f"{100 * (int(row['cost']) - 850) / 850:.1f}"
    assert unknown[head.index("reference")] == "–"
    line = json.loads(printed[-1])
    assert (line["set"], line["problems"], line["proved"], line["with_roster"]) == ("kitchen", 2, 2, 2)
    assert {"cores", "load", "median_gap_percent"} <= set(line)
    assert list(line["sizes"]) == ["15x60"]
    assert line["sizes"]["15x60"]["worst_s"] >= line["median_s"]
    assert 0 < float(row["MB"]) <= line["most_mb"]
    text = page.read_text(encoding="utf-8")
    assert "\n".join(printed[:-1]) in text
    assert "old" not in text
    assert text.startswith("# Figures\n<!-- kitchen -->\n")
    assert text.endswith("<!-- /kitchen -->\nend\n<!-- curtois-qu -->\n<!-- /curtois-qu -->\n")


def test_large_kitchens_have_more_time_unless_told_otherwise(kitchens, monkeypatch, capsys):
    """And each size is summed up for itself."""
    monkeypatch.setattr(bench, "BENCH_SECONDS", {"kitchen": 0.2})
    for most, limit in ((7, 0.3), (8, 0.2)):
        monkeypatch.setattr(bench, "BENCH_LARGE", (most, 0.3))
        assert main(["bench", "--data", str(kitchens)]) == 0
        sizes = json.loads(capsys.readouterr().out.splitlines()[-1])["sizes"]
        assert {size: (each["problems"], each["limit_s"]) for size, each in sizes.items()} == {
            "15x60": (2, limit),
            "20x60": (1, limit),
        }


def test_a_table_takes_the_place_of_the_former_one_and_of_no_other(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(PAGE, encoding="utf-8")
    once = replaced(page, "curtois-qu", "| a |")
    page.write_text(once, encoding="utf-8")
    assert replaced(page, "curtois-qu", "| a |") == once
    assert "old" in once


def test_the_environment_names_a_folder_with_one_for_each_set(tmp_path, monkeypatch, capsys):
    (tmp_path / "curtois-qu").mkdir()
    (tmp_path / "curtois-qu" / "Instance1.txt").write_text(WARD, encoding="utf-8")
    monkeypatch.setenv("SOLVER_BENCH_DATA", str(tmp_path))
    assert main(["bench", "--set", "curtois-qu", "--seconds", "0.5"]) == 0
    head, _, row, _ = capsys.readouterr().out.splitlines()
    assert columns(row)[columns(head).index("reference")] == "607"


def test_wards_are_made_where_there_are_no_files_and_read_where_there_are(tmp_path, monkeypatch, capsys):
    monkeypatch.delenv("SOLVER_BENCH_DATA", raising=False)
    monkeypatch.setattr(bench, "WARDS", ((5, 4, 2), (4, 2, 1)))
    (tmp_path / "4x2x1.txt").write_text(WARD, encoding="utf-8")
    for data, names in (
        ([], ["5x4x2", "4x2x1"]),
        (["--only", "4x2x"], ["4x2x1"]),
        (["--data", str(tmp_path)], ["4x2x1"]),
    ):
        assert main(["bench", "--set", "ward", "--seconds", "1", *data]) == 0
        _, _, *rows, line = capsys.readouterr().out.splitlines()
        assert [columns(row)[0] for row in rows] == names
        assert json.loads(line)["with_roster"] == len(names)


def test_what_is_missing_is_told_before_anything_is_solved(tmp_path, monkeypatch, capsys, kitchens):
    monkeypatch.delenv("SOLVER_BENCH_DATA", raising=False)
    page = tmp_path / "page.md"
    page.write_text("# no table here\n", encoding="utf-8")
    for arguments, told in (
        (["--set", "curtois-qu"], "--data DIR"),
        (["--set", "curtois-qu", "--data", str(kitchens)], "Instance1.txt"),
        (["--data", str(tmp_path)], "expected kitchen files"),
        (["--data", str(kitchens), "--only", "50x60"], "expected a part of a name"),
        (["--data", str(kitchens), "--write", str(page)], "<!-- kitchen -->"),
    ):
        assert main(["bench", *arguments]) == 2
        output = capsys.readouterr()
        assert told in output.err
        assert not output.out


def test_a_page_that_cannot_be_read_is_told(tmp_path):
    with pytest.raises(BadFile, match="cannot be read"):
        replaced(tmp_path / "none.md", "kitchen", "")


def test_a_peak_of_memory_is_forgotten_before_the_next_problem():
    memory.forget_peak()
    before = memory.peak()
    held = bytearray(b"x") * 2**27
    assert memory.peak() > before + 120
    del held
    memory.forget_peak()
    assert memory.peak() < before + 60


def test_where_the_system_does_not_tell_nobody_guesses(tmp_path, monkeypatch):
    monkeypatch.setattr(memory, "PROCESS", tmp_path / "none")
    memory.forget_peak()
    assert memory.peak() is None

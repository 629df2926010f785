"""The page is built when what it is made of changed, and only then."""

import os
import time
from pathlib import Path

import pytest

from shiftapp.commands import page
from shiftapp.errors import CannotStart
from shiftapp.ui.origin import SameOrigin


@pytest.fixture
def web(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of one page, whose build writes what it was made of; counts builds in ``builds``."""
    (tmp_path / "shiftapp" / "ui").mkdir(parents=True)
    (tmp_path / "rxconfig.py").write_text("")
    (tmp_path / "shiftapp" / "ui" / "page.py").write_text("one")
    monkeypatch.setattr(page, "PROJECT", tmp_path)
    monkeypatch.delenv("REFLEX_WEB_WORKDIR", raising=False)

    def export() -> None:
        page.built_page().mkdir(parents=True, exist_ok=True)
        (page.built_page() / "index.html").write_text((tmp_path / "shiftapp" / "ui" / "page.py").read_text())
        time.sleep(0.01)

    monkeypatch.setattr(page, "_export", export)
    return tmp_path


def test_what_stands_is_not_built_again(web: Path):
    assert page.build_page() > 0
    assert page.build_page() == 0


def test_times_and_bytecode_are_no_change(web: Path):
    page.build_page()
    os.utime(web / "shiftapp" / "ui" / "page.py", (1, 1))
    (web / "shiftapp" / "ui" / "__pycache__").mkdir()
    (web / "shiftapp" / "ui" / "__pycache__" / "page.pyc").write_text("x")
    assert page.build_page() == 0


def test_a_changed_a_new_and_a_renamed_source_are(web: Path):
    source = web / "shiftapp" / "ui" / "page.py"
    page.build_page()
    source.write_text("two")
    assert page.build_page() > 0
    assert (page.built_page() / "index.html").read_text() == "two"
    (source.parent / "other.py").write_text("")
    assert page.build_page() > 0
    (source.parent / "other.py").rename(source.parent / "another.py")
    assert page.build_page() > 0
    assert page.build_page() == 0


def test_other_tools_start_from_an_empty_folder(web: Path):
    page.build_page()
    leftover = page.web_folder() / "postcss.config.js"
    leftover.write_text("of another plugin")
    (web / "shiftapp" / "ui" / "page.py").write_text("two")
    page.build_page()
    assert leftover.exists(), "the control: an ordinary change keeps what npm installed"
    (web / "rxconfig.py").write_text("plugins = []")
    page.build_page()
    assert not leftover.exists()


def test_the_lock_file_changes_only_when_its_content_does(web: Path, monkeypatch: pytest.MonkeyPatch):
    lock = web / "reflex.lock" / "package.json"
    lock.parent.mkdir()
    lock.write_text('{"a":1}')
    plain = page._export

    def export(content: str) -> None:
        lock.write_text(content)
        plain()

    monkeypatch.setattr(page, "_export", lambda: export('{"a": 1}'))
    assert page.build_page() > 0
    assert lock.read_text() == '{"a":1}'
    lock.write_text('{"a":2}')
    monkeypatch.setattr(page, "_export", lambda: export('{"a": 2, "b": 3}'))
    assert page.build_page() > 0
    assert lock.read_text() == '{"a": 2, "b": 3}'
    assert page.build_page() == 0


def test_a_failed_build_is_one_line_and_is_tried_again(web: Path, monkeypatch: pytest.MonkeyPatch):
    def fail() -> None:
        raise CannotStart("The page does not build: no registry")

    with monkeypatch.context() as broken:
        broken.setattr(page, "_export", fail)
        with pytest.raises(CannotStart, match="no registry"):
            page.build_page()
    assert page.build_page() > 0


def test_the_built_page_talks_to_where_it_came_from(tmp_path: Path):
    script = tmp_path / "assets" / "env.js"
    script.parent.mkdir()
    script.write_text(
        'var e={PING:"http://localhost:8000/ping",EVENT:`ws://localhost:8000/_event`,TRANSPORT:"websocket"}'
    )
    SameOrigin().post_build(static_dir=tmp_path)
    ping, event = 'location.origin+"/ping"', 'location.origin.replace("http","ws")+"/_event"'
    assert script.read_text() == f'var e={{PING:{ping},EVENT:{event},TRANSPORT:"websocket"}}'


def test_a_page_that_holds_no_address_is_a_broken_promise(tmp_path: Path):
    (tmp_path / "page.js").write_text("let a = 1")
    with pytest.raises(RuntimeError):
        SameOrigin().post_build(static_dir=tmp_path)

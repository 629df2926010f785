"""What the environment allows."""

import pytest

from shiftapp.settings import Settings


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading ``rxconfig.py``, as other tests do, names the port of the page."""
    for name in ("SHIFTAPP_PORT", "SHIFTAPP_HOST", "SHIFTAPP_PAGE_PORT", "SHIFTAPP_PUBLIC_URL"):
        monkeypatch.delenv(name, raising=False)


def test_only_our_own_pages_may_talk_to_us() -> None:
    assert Settings(port=8000).origins == (
        "http://127.0.0.1:8000", "http://localhost:8000", "http://[::1]:8000",
    )  # fmt: skip


def test_a_page_served_apart_may_talk_to_us_too() -> None:
    apart = Settings(port=8000, page_port=3000).origins
    assert set(Settings(port=8000).origins) < set(apart)
    assert "http://localhost:3000" in apart


def test_behind_a_proxy_only_its_address_may_talk_to_us() -> None:
    assert Settings(public_url="https://shifts.example/", page_port=3000).origins == ("https://shifts.example",)

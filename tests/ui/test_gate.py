"""Laws of the gate between a socket and a handler."""

import pytest

from shiftapp.ui.gate import sign_in_again


@pytest.mark.parametrize(("path", "sent"), [("/", "/login"), ("", "/login"), ("/past/3", "/login?next=/past/3")])
def test_who_has_to_sign_in_first_comes_back_to_where_they_were(path: str, sent: str) -> None:
    assert f'"{sent}"' in str(sign_in_again(path).args)


def test_a_page_that_is_at_the_sign_in_stays_there() -> None:
    """Two answers of the gate may cross: the second finds the page sent there by the first."""
    assert sign_in_again("/login") == []

"""How long a sign-in lasts."""

from datetime import datetime, timedelta
from typing import Final

IDLE: Final = timedelta(days=3)
"""A session nobody used for this long has ended: a weekend is bridged, a forgotten shop terminal is not."""

ABSOLUTE: Final = timedelta(days=30)
"""No session outlives this, however busy."""

TOUCH: Final = timedelta(minutes=1)
"""The last use is written down at most this often."""

COOKIE: Final = "shiftapp_session"
"""Name of the cookie on plain HTTP."""

SECURE_COOKIE: Final = "__Host-shiftapp_session"
"""Name behind TLS: browsers then refuse it from any other host or path."""


def ends_at(created: datetime) -> datetime:
    """Return when a session made at ``created`` ends whatever happens."""
    return created + ABSOLUTE


def alive(seen: datetime, ends: datetime, now: datetime) -> bool:
    """Say whether a session last used at ``seen`` still counts at ``now``."""
    return now < ends and now - seen < IDLE


def stale(seen: datetime, now: datetime) -> bool:
    """Say whether the last use should be written down again."""
    return now - seen >= TOUCH


def cookie_token(header: str) -> str | None:
    """Find the session token in a ``Cookie`` header.

    Parameters
    ----------
    header
        The header as sent, other cookies and nonsense included.

    Returns
    -------
    str or None
        The token of the TLS cookie where there is one, else of the plain one.
    """
    found: dict[str, str] = {}
    for part in header.split(";"):
        name, equals, value = part.strip().partition("=")
        if equals and name in (COOKIE, SECURE_COOKIE) and name not in found:
            found[name] = value.strip('"')
    return found.get(SECURE_COOKIE) or found.get(COOKIE) or None

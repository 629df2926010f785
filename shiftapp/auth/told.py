"""What the page after a form shall say: a cookie of seconds, set by the route, read by the page.

The routes answer a form with a redirect, and a built page cannot be given a message. It holds a text key, the text's
arguments and what was typed (never a password), so that nobody types it twice.
"""

import base64
import binascii
import json
from collections.abc import Mapping
from typing import Any, Final, cast

COOKIE: Final = "shiftapp_told"
SECONDS: Final = 20
_LONGEST: Final = 2_000


def pack(code: str, args: Mapping[str, Any], typed: Mapping[str, str]) -> str:
    """Return the cookie's value."""
    told = {"code": code, "args": dict(args), "typed": {name: value[:254] for name, value in typed.items()}}
    return base64.urlsafe_b64encode(json.dumps(told).encode()).decode()


def unpack(cookies: str) -> dict[str, Any]:
    """Find what was told in a ``Cookie`` header.

    Returns
    -------
    dict
        ``code`` (str), ``args`` and ``typed`` (dicts of str to str), or empty where nothing was told.
    """
    for part in cookies.split(";"):
        name, _, value = part.strip().partition("=")
        if name == COOKIE and len(value) <= _LONGEST * 2:
            return _read(value.strip('"'))
    return {}


def _read(value: str) -> dict[str, Any]:
    try:
        told = json.loads(base64.urlsafe_b64decode(value.encode()))
    except (ValueError, binascii.Error, UnicodeError, RecursionError):
        return {}
    if not isinstance(told, dict):
        return {}
    given = cast("dict[str, Any]", told)
    return {"code": str(given.get("code", "")), "args": _texts(given.get("args")), "typed": _texts(given.get("typed"))}


def _texts(given: Any) -> dict[str, str]:
    if not isinstance(given, dict):
        return {}
    return {str(name): str(value) for name, value in cast("dict[object, object]", given).items()}

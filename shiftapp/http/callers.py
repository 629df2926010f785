"""Who sent a request: from where, from which page, with which session."""

from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

from fastapi import Request

from shiftapp.domain.permission import Action, may
from shiftapp.domain.visitor import Visitor
from shiftapp.http.errors import ApiError
from shiftapp.services.accounts import Client, note_refusal
from shiftapp.services.visitors import whoami
from shiftapp.settings import settings

_SAME: Final = ("same-origin", "none")


def refuse_other_sites(request: Request) -> None:
    """Let nobody's page but ours make a browser send this request.

    A browser says where a form or script comes from (``Sec-Fetch-Site``, ``Origin``); a program that is no browser says
    nothing, and carries no cookie that it was not given.

    Raises
    ------
    ApiError
        403 ``other_site``.
    """
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if origin is not None and origin in settings().origins:
        return
    if site is not None and site not in _SAME:
        raise ApiError(403, "other_site", "This request came from the page of another site.")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        raise ApiError(403, "other_site", "This request came from the page of another site.")


def client_of(request: Request) -> Client:
    """Return where a request came from.

    Behind a proxy (``SHIFTAPP_PUBLIC_URL`` is set, and the peer's address is a private one) the last entry of
    ``X-Forwarded-For`` is the one our own proxy wrote.
    """
    address = request.client.host if request.client else ""
    forwarded = request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
    if settings().public_url and forwarded and _private(address) and _valid(forwarded):
        address = forwarded
    return Client(address=address, browser=request.headers.get("user-agent", "")[:200])


async def visitor_of(request: Request) -> Visitor | None:
    """Return who is signed in, by the cookie."""
    return await whoami(request.headers.get("cookie", ""))


async def refuse_without_right(request: Request, who: Visitor, action: Action, message: str) -> None:
    """Let only those on whose role has the right to ``action``; a refusal is a line in the audit.

    Raises
    ------
    ApiError
        403 ``not_allowed`` with ``message``.
    """
    if not may(who.role, action):
        await note_refusal(who, action, "refused.right", client_of(request).address)
        raise ApiError(403, "not_allowed", message)


def _valid(address: str) -> bool:
    try:
        ip_address(address)
    except ValueError:
        return False
    return True


def _private(address: str) -> bool:
    return _valid(address) and ip_address(address).is_private

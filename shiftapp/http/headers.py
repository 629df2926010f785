"""What stands on every answer, page or not: headers that keep a browser strict.

A built page holds inline scripts of Reflex and of the theme. Each is allowed by the hash of its text, so that a script
smuggled into a page does not run. Styles are allowed inline, for the components set them.
"""

import base64
import hashlib
import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_INLINE: Final = re.compile(r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL | re.IGNORECASE)

FIXED: Final = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}

NO_PAGE: Final = "default-src 'none'; frame-ancestors 'none'"
"""The policy of what is not a page, should a browser show it as one."""


def script_hashes(html: str) -> list[str]:
    """Return the CSP sources that allow the inline scripts of a page, in order."""
    found = dict.fromkeys(
        base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in _INLINE.findall(html)
    )
    return [f"'sha256-{digest}'" for digest in found]


def policy(scripts: Iterable[str]) -> str:
    """Return the content security policy of a page whose inline scripts are ``scripts``."""
    allowed = " ".join(("'self'", *scripts))
    return (
        f"default-src 'self'; script-src {allowed}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        "font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'self'; form-action 'self'; "
        "object-src 'none'"
    )


def built_scripts(folder: Path | None) -> tuple[str, ...]:
    """Return the hashes of all inline scripts of the pages built into ``folder``."""
    if folder is None or not folder.is_dir():
        return ()
    pages = sorted(folder.rglob("*.html"))
    return tuple(dict.fromkeys(hash_ for page in pages for hash_ in script_hashes(page.read_text(encoding="utf-8"))))


class Headers:
    """ASGI wrapper that sets the headers on everything.

    Parameters
    ----------
    app
        What answers.
    pages
        Folder of the built pages; read at the first answer. ``None`` where another server has them (development).
    secure
        Whether users come over TLS.
    """

    def __init__(self, app: ASGIApp, pages: Path | None, secure: bool = False) -> None:
        self._app, self._pages = app, pages
        self._fixed = dict(FIXED)
        if secure:
            self._fixed["strict-transport-security"] = "max-age=31536000"

    @lru_cache(maxsize=1)  # noqa: B019  one instance, as long as the program
    def _page_policy(self) -> str:
        return policy(built_scripts(self._pages))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, with the headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._fixed.items():
                    headers[name] = value
                if headers.get("content-type", "").startswith("text/html"):
                    headers.setdefault("content-security-policy", self._page_policy())
                    headers.setdefault("cache-control", "no-cache")
                elif message["status"] != 304:  # of an unchanged page the browser has the policy; ours would replace it
                    headers.setdefault("content-security-policy", NO_PAGE)
            await send(message)

        await self._app(scope, receive, with_headers)

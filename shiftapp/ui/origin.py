"""The built page talks to the server it came from, whatever its port or name.

Reflex writes the server's address into the page when it is built. One build serves every port and every proxy only if
that address is the page's own.
"""

import re
from pathlib import Path
from typing import Any

import reflex as rx

_WRITTEN = re.compile(r"""(["'`])(http|ws)://localhost:\d+(/[^"'`]*)\1""")
_ENDPOINT = "/_event"


def _from_page(match: re.Match[str]) -> str:
    origin = "location.origin" if match[2] == "http" else 'location.origin.replace("http","ws")'
    return f'{origin}+"{match[3]}"'


class SameOrigin(rx.plugins.Plugin):
    """Replace the address in the built scripts by the one the browser is at."""

    def post_build(self, **context: Any) -> None:
        """Rewrite the scripts that hold the endpoints.

        Raises
        ------
        RuntimeError
            No script holds them: this Reflex builds the page another way.
        """
        found = False
        for script in Path(context["static_dir"]).rglob("*.js"):
            text = script.read_text(encoding="utf-8")
            if _ENDPOINT in text and _WRITTEN.search(text):
                script.write_text(_WRITTEN.sub(_from_page, text), encoding="utf-8")
                found = True
        if not found:
            raise RuntimeError("no script of the built page holds the server's address")

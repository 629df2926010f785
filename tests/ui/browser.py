"""The Node that builds the page, for laws about what we build for the browser."""

import json
import subprocess
import sysconfig
from pathlib import Path
from typing import Any

from shiftapp.ui.js import var


def text(expression: Any) -> str:
    """Return an expression as it is written into the page."""
    return str(var(expression, object))


def run(*expressions: Any) -> list[Any]:
    """Run expressions in a JavaScript engine and return their values."""
    node = Path(sysconfig.get_path("scripts")) / "node"
    program = f"const refs = {{}}; console.log(JSON.stringify([{', '.join(map(text, expressions))}]))"
    done = subprocess.run([str(node), "-e", program], capture_output=True, text=True, check=True, timeout=60)
    return json.loads(done.stdout)

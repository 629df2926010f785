"""The server process: ``python -m shiftapp.commands.server``, started by ``serve``."""

import gc
import os
import sys
from importlib import import_module
from typing import NoReturn

import uvicorn

from shiftapp.settings import Settings, settings
from shiftapp.ui.line import Line

STOP_SECONDS = 3
"""What requests and sockets may still take once the server is asked to end."""
IDLE_SECONDS = 75
"""How long a connection without a request is kept: longer than nginx keeps it, which would send into a closed one."""


def main() -> NoReturn:
    """Serve page and socket from one port until a signal."""
    os.environ["REFLEX_ENV_MODE"] = "prod"
    gc.disable()  # until the app has been imported: what is imported stays, and looking for garbage costs half a second
    import_module("rxconfig")  # it prepares the environment for Reflex
    from reflex_base.environment import environment

    # The page stands: serve it, compile nothing.
    environment.REFLEX_SKIP_COMPILE.set(True)
    environment.REFLEX_MOUNT_FRONTEND_COMPILED_APP.set(True)
    server = uvicorn.Server(_configuration(settings()))
    server.run()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0 if server.started else 1)  # taking the interpreter down object by object would take half a second


def _configuration(chosen: Settings) -> uvicorn.Config:
    """Return what the server is told; Engine.IO looks for silent pages itself."""
    return uvicorn.Config(
        "shiftapp.shiftapp:app",
        factory=True,
        host=chosen.host,
        port=chosen.port,
        loop="uvloop",
        http="httptools",
        ws=Line,
        ws_per_message_deflate=False,
        ws_ping_interval=None,
        lifespan="on",
        log_level=chosen.log_level,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=IDLE_SECONDS,
        timeout_graceful_shutdown=STOP_SECONDS,
    )


if __name__ == "__main__":
    main()

"""The server process: ``python -m shiftapp.commands.server``, started by ``serve``."""

import multiprocessing
import os
import signal
import sys
from importlib import import_module

from shiftapp.settings import settings


def main() -> int:
    """Serve page and socket from one port until a signal."""
    os.environ["REFLEX_ENV_MODE"] = "prod"
    import_module("rxconfig")  # it prepares the environment for Reflex
    from granian.constants import Interfaces, Loops
    from granian.log import LogLevels
    from granian.server import Server
    from reflex_base.environment import environment

    # The page stands: serve it, compile nothing.
    environment.REFLEX_SKIP_COMPILE.set(True)
    environment.REFLEX_MOUNT_FRONTEND_COMPILED_APP.set(True)
    chosen = settings()
    server = Server(
        target="shiftapp.shiftapp:app",
        factory=True,
        interface=Interfaces.ASGI,
        loop=Loops.uvloop,
        address=chosen.host,
        port=chosen.port,
        workers=1,
        workers_kill_timeout=3,
        log_level=LogLevels(chosen.log_level),
    )

    def pass_on(number: int, _frame: object) -> None:
        for process in multiprocessing.active_children():
            if process.pid is not None:
                os.kill(process.pid, number)

    signal.signal(signal.SIGUSR1, pass_on)
    server.serve()
    return 0


if __name__ == "__main__":
    sys.exit(main())

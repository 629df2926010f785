"""However the server ends, nothing stays behind."""

import asyncio
import os
import pty
import shutil
import signal
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

import psutil
import pytest
import socketio

from shiftapp.commands.serve import DRAIN_SECONDS
from shiftapp.store import embedded
from shiftapp.store.cluster import DATABASE
from shiftapp.store.prepare import prepare_embedded
from tests.conftest import HURRIED
from tests.served import PROJECT, Served, command_of, free_port, left_of

Serve = Callable[..., Served]
GONE_SECONDS = 30
"""Five for the server and a checkpoint: far above what is seen."""
PARTS = ("lifeline.py", "shiftapp.commands.server", "warden.py", "postgres")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with its database: here servers end, how they make one is another matter."""
    root = tmp_path_factory.mktemp("made") / "data"
    prepare_embedded(embedded.start(root, HURRIED), DATABASE)
    embedded.release(root)
    assert embedded.await_stop(root)
    return root


@pytest.fixture
def where(made: Path, tmp_path: Path) -> dict[str, str]:
    """The setting that names a data directory of this test alone."""
    return {"SHIFTAPP_DATA_DIR": str(shutil.copytree(made, tmp_path / "data"))}


@pytest.fixture(autouse=True)
def hang_ups_are_heard() -> Iterator[None]:
    """Undo what somebody who runs the tests under nohup passed on: servers leave what is ignored ignored."""
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGHUP, before)


def family(served: Served) -> list[psutil.Process]:
    """Return the server and everything it runs."""
    found = [psutil.Process(served.process.pid), *served.descendants()]
    names = " ".join(map(command_of, found))
    assert [part for part in PARTS if part not in names] == []
    return found


@asynccontextmanager
async def connected_client(served: Served) -> AsyncIterator[None]:
    """A client that holds its socket open, as a browser does."""
    client = socketio.AsyncClient(reconnection=False)
    await client.connect(
        f"{served.address}?token={uuid4()}",
        socketio_path="/_event",
        namespaces=["/_event"],
        transports=["websocket"],
        headers={"Origin": served.address},
    )
    yield
    await client.disconnect()


def of_port(served: Served) -> psutil.Process:
    """Return the process that holds the clients' sockets."""
    return next(p for p in served.descendants() if any(c.laddr[1:] == (served.port,) for c in p.net_connections("tcp")))


def kill_all_but_the_database(served: Served) -> None:
    for process in family(served):
        if "shiftapp.commands" in command_of(process) or process.pid == served.process.pid:
            process.kill()


ENDS: dict[str, Callable[[Served], object]] = {
    "ctrl_c": lambda served: os.killpg(served.process.pid, signal.SIGINT),
    "sigterm": lambda served: served.process.send_signal(signal.SIGTERM),
    "hang_up": lambda served: os.killpg(served.process.pid, signal.SIGHUP),
    "kill_of_serve": lambda served: served.process.kill(),
    "kill_of_worker": lambda served: of_port(served).kill(),
    "kill_of_all_but_the_database": kill_all_but_the_database,
}


@pytest.mark.parametrize("way", ENDS)
async def test_nothing_stays_behind_with_a_client_connected(way: str, where: dict[str, str], serve: Serve):
    served = serve(where).wait_until_ready()
    async with connected_client(served):
        everything = family(served)
        ENDS[way](served)
        asked = time.monotonic()
        await asyncio.to_thread(served.process.wait, GONE_SECONDS)
        assert time.monotonic() - asked < DRAIN_SECONDS, "nobody waits for a page that has nothing to say"
        assert left_of(everything, GONE_SECONDS) == []


async def test_the_end_of_whoever_started_it_is_the_end_of_the_server(where: dict[str, str], serve: Serve):
    command = ("sh", "-c", '"$0" -m shiftapp serve --attached; true', sys.executable)
    served = serve(where, command=command).wait_until_ready()
    everything = family(served)
    served.process.kill()
    assert left_of(everything, GONE_SECONDS) == []


LEADER = """
import signal, subprocess, sys
signal.signal(signal.SIGHUP, lambda *_: None)
subprocess.run([sys.executable, "-m", "shiftapp", "serve"])
"""


def test_the_end_of_the_terminal_is_the_end_of_the_server(where: dict[str, str]):
    """Even where the leader of the session, which alone hears of it, passes nothing on: so does make."""
    port = str(free_port())
    environment = {**os.environ, "SHIFTAPP_PORT": port, **where}
    environment.pop("DATABASE_URL", None)
    leader, terminal = pty.fork()
    if leader == 0:
        os.chdir(PROJECT)
        os.execve(sys.executable, [sys.executable, "-c", LEADER], environment)
    said = b""
    while f"http://127.0.0.1:{port}\r\n".encode() not in said:
        said += os.read(terminal, 4096)
    everything = psutil.Process(leader).children(recursive=True)
    assert len(everything) > len(PARTS)
    os.close(terminal)
    assert left_of(everything, GONE_SECONDS) == []
    os.waitpid(leader, 0)


async def test_what_a_script_started_in_the_background_can_be_interrupted(where: dict[str, str], serve: Serve):
    """Shells start such programs with SIGINT ignored."""
    command = ("sh", "-c", '"$0" -m shiftapp serve & wait', sys.executable)
    served = serve(where, command).wait_until_ready()
    everything = served.descendants()
    next(process for process in everything if "serve" in command_of(process).split()).send_signal(signal.SIGINT)
    assert left_of(everything, GONE_SECONDS) == []


async def test_a_parent_that_ignores_hang_ups_goes_on(where: dict[str, str], serve: Serve):
    """The control: what nohup started survives the terminal."""
    command = ("nohup", sys.executable, "-m", "shiftapp", "serve", "--attached")
    served = serve(where, command).wait_until_ready()
    served.process.send_signal(signal.SIGHUP)
    with pytest.raises(psutil.TimeoutExpired):
        psutil.Process(served.process.pid).wait(3)

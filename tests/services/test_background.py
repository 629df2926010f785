"""A search takes what others leave."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from shiftapp.services import background

STEPS_BACK = """
import os, threading
from shiftapp.services.background import step_back
step_back(10)
seen = []
other = threading.Thread(target=lambda: seen.append(os.getpriority(os.PRIO_PROCESS, threading.get_native_id())))
other.start(); other.join()
print(os.getpriority(os.PRIO_PROCESS, 0), *seen)
"""


@pytest.mark.parametrize("already", [0, 4])
def test_a_process_that_steps_back_takes_its_threads_with_it(already: int) -> None:
    before = os.getpriority(os.PRIO_PROCESS, 0) + already
    command = [sys.executable, "-c", f"import os; os.nice({already})" + STEPS_BACK]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert [int(one) for one in said.split()] == [min(19, before + 10)] * 2


@pytest.mark.skipif(not Path("/proc/self/autogroup").exists(), reason="here the system does not weigh sessions")
def test_a_process_of_its_own_session_takes_the_session_with_it() -> None:
    command = [sys.executable, "-c", STEPS_BACK + "print(open('/proc/self/autogroup').read())"]
    own = subprocess.run(command, capture_output=True, text=True, check=True, start_new_session=True).stdout
    assert own.split()[-2:] == ["nice", "10"]
    ours = Path("/proc/self/autogroup").read_text()
    subprocess.run(command, capture_output=True, check=True)
    assert Path("/proc/self/autogroup").read_text() == ours, "what shares our session must not slow us down"


@pytest.mark.skipif(sys.platform != "linux", reason="what shortens slices is Linux's")
def test_an_unknown_machine_stays_at_being_nice(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(background.platform, "machine", lambda: "abacus")
    monkeypatch.setattr(background.os, "nice", asked.append)
    background.step_back(7)
    assert asked == [7]

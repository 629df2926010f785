"""A search takes what others leave."""

import os
import subprocess
import sys

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


@pytest.mark.skipif(sys.platform != "linux", reason="what shortens slices is Linux's")
def test_an_unknown_machine_stays_at_being_nice(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(background.platform, "machine", lambda: "abacus")
    monkeypatch.setattr(background.os, "nice", asked.append)
    background.step_back(7)
    assert asked == [7]

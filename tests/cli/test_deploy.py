"""What ``deploy/`` offers can be used as it is."""

import re
from pathlib import Path

from shiftapp.cli import COMMANDS
from tests.nginx import WRITTEN, complaints


def test_nginx_reads_its_configuration_without_complaint(tmp_path: Path):
    assert complaints(tmp_path) == ""


def test_the_units_start_what_there_is():
    units = sorted(WRITTEN.parent.glob("*.service"))
    started = {re.findall(r"^ExecStart=\S+/python -m shiftapp (\S+)$", unit.read_text(), re.M)[0] for unit in units}
    assert started == {"serve", "worker"}
    assert started <= {command.name for command in COMMANDS}

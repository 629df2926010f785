"""The command line lists what there is, and costs only what is called."""

import subprocess
import sys
from importlib import import_module

import pytest

from shiftapp import __version__
from shiftapp.cli import COMMANDS, main
from tests.served import PROJECT


def loaded_by(statement: str) -> set[str]:
    """Return the top-level packages that a fresh Python has loaded after `statement`."""
    show = f"{statement}\nimport sys\nprint(*{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", show], cwd=PROJECT, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_exists_and_explains_itself(command, capsys: pytest.CaptureFixture[str]):
    module = import_module(command.module)
    assert callable(module.configure)
    assert callable(module.run)
    with pytest.raises(SystemExit) as left:
        main([command.name, "--help"])
    assert left.value.code == 0
    assert command.help in capsys.readouterr().out


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as left:
        main(["--help"])
    assert left.value.code == 0
    listed = capsys.readouterr().out
    assert all(f"    {command.name}" in listed for command in COMMANDS)


def test_the_version(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit):
        main(["--version"])
    assert capsys.readouterr().out.strip() == __version__


def test_importing_the_app_never_loads_the_solver_library():
    assert "ortools" not in loaded_by("import rxconfig, shiftapp.shiftapp")


def test_the_kernel_knows_no_framework():
    assert not {"reflex", "sqlmodel", "sqlalchemy", "psycopg"} & loaded_by(
        "import solver, solver.check, shiftapp.domain"
    )

"""CP-SAT's modelling module, loaded without pandas.

It imports pandas for variables that come in series, which nothing here uses: 32 MB and a fifth of the time that a
process takes to start. Where pandas is not loaded yet the module gets a stand-in for it while it is imported, and
afterwards the promise of the real one, which is kept the first time somebody does use a series.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

__all__ = ["cp_model"]

_USED = ("Index", "Series")
"""What the module takes from pandas as it is imported: types, for its annotations."""


class _Later(ModuleType):
    """pandas, imported when it is needed."""

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module("pandas"), name)


def _without_pandas() -> ModuleType:
    """Import the module; pandas itself can be imported as ever, before and after."""
    if "pandas" in sys.modules or "ortools.sat.python.cp_model" in sys.modules:
        return import_module("ortools.sat.python.cp_model")
    stand_in = ModuleType("pandas")
    for name in _USED:
        setattr(stand_in, name, type(name, (), {}))
    sys.modules["pandas"] = stand_in
    try:
        module = import_module("ortools.sat.python.cp_model")
    except AttributeError:  # another version takes more from it
        del sys.modules["pandas"]
        return import_module("ortools.sat.python.cp_model")
    del sys.modules["pandas"]
    module.pd = _Later("pandas")  # pyright: ignore[reportAttributeAccessIssue]
    return module


if TYPE_CHECKING:
    from ortools.sat.python import cp_model
else:
    cp_model = _without_pandas()

"""Read by every Python that starts with this folder in its path: plants a fault into a server under test.

``PLANT`` names a function of ``tests.faults.plants``; it is called when the server's app has been imported.
"""

import importlib
import os
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType

APP = "shiftapp.shiftapp"


class Planter(MetaPathFinder):
    """Finds the app like everybody else, and plants once it has been read."""

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return the app's spec with a loader that plants afterwards."""
        spec = PathFinder.find_spec(name, path) if name == APP else None
        if spec is None or spec.loader is None:
            return None
        read = spec.loader.exec_module

        def read_and_plant(module: ModuleType) -> None:
            read(module)
            getattr(importlib.import_module("tests.faults.plants"), os.environ["PLANT"])()

        spec.loader.exec_module = read_and_plant  # type: ignore[method-assign]
        return spec


if os.environ.get("PLANT"):
    sys.meta_path.insert(0, Planter())

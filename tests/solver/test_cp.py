"""CP-SAT without pandas: smaller and sooner there, and nobody who uses pandas notices."""

import subprocess
import sys

import pytest

WITHOUT = "import sys, solver.search; assert 'pandas' not in sys.modules"
SERIES = """
from ortools.sat.python import cp_model
import pandas
assert cp_model.pd.Series is pandas.Series
model = cp_model.CpModel()
index = pandas.Index(["a", "b"])
found = model.new_int_var_series("x", index, lower_bounds=1, upper_bounds=pandas.Series([2, 3], index))
model.maximize(sum(found))
solver = cp_model.CpSolver()
solver.solve(model)
assert solver.values(found).to_dict() == {"a": 2, "b": 3}
"""


def run(program: str) -> None:
    subprocess.run([sys.executable, "-c", program], check=True, timeout=120)


def test_the_search_loads_no_pandas() -> None:
    run(WITHOUT)


@pytest.mark.parametrize(
    "first", ["import solver.search", "import pandas, solver.search", SERIES + "\nimport solver.search"]
)
def test_series_of_variables_work_whoever_was_loaded_first(first: str) -> None:
    run(first + "\n" + SERIES)

"""What the kernel raises. Results (infeasible, cancelled, out of time) are values, never exceptions."""

from __future__ import annotations


class SolverError(Exception):
    """Base of everything the kernel raises on purpose."""


class BadFile(SolverError):
    """A file that cannot be read as a problem or a roster.

    Parameters
    ----------
    where : str
        The place in the file, as ``line 3`` or ``rules[2].members[0]``; empty when it is the whole file.
    expected : str
        What was expected there, in one line.
    """

    def __init__(self, where: str, expected: str) -> None:
        super().__init__(f"{where}: {expected}" if where else expected)
        self.where = where
        self.expected = expected

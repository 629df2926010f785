"""What an import found: what it would do, and every line that stands in the way."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that must be mended before anything is imported.

    Attributes
    ----------
    file : str
        Name of the file.
    line : int
        From 1, the heading being line 1; 0 for the file as a whole.
    code : str
        Key of the text that says what was expected (``import.…``).
    args : mapping
        Values the text names.
    """

    file: str
    line: int
    code: str
    args: Mapping[str, str | int] = field(default_factory=dict[str, "str | int"])


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of one kind are new, changed, and as they were."""

    added: int = 0
    changed: int = 0
    same: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """What became of an import, or would.

    Attributes
    ----------
    done : bool
        Whether it was written; never where there are problems.
    tallies : mapping of str to Tally
        ``staff``, ``groups``, ``calendar``, ``requests``, ``periods``.
    ignored : tuple of str
        Files that are not part of such a folder.
    """

    done: bool
    problems: tuple[Problem, ...] = ()
    tallies: Mapping[str, Tally] = field(default_factory=dict[str, Tally])
    ignored: tuple[str, ...] = ()

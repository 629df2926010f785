"""What became of a cell, change by change."""

from dataclasses import dataclass
from datetime import datetime

from shiftapp.domain.edit import Change, EditKind


@dataclass(frozen=True, slots=True)
class Logged:
    """One change of a cell as the log has it; ``change.after.version`` is the seq of its change set.

    Attributes
    ----------
    run_id : int or None
        The run that was applied, where it was one.
    name : str
        Who made it; empty where nobody did.
    """

    change: Change
    kind: EditKind
    run_id: int | None
    at: datetime
    name: str

"""The wait after wrong passwords: it grows, it ends, it never locks an account for good."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

FORGET: Final = timedelta(minutes=15)
"""After this long without a failure the count starts again."""

LONGEST: Final = timedelta(seconds=60)
"""The longest wait between two tries."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many failures in a row are free before each further one costs a wait."""

    free: int

    def wait(self, failures: int, last: datetime, now: datetime) -> timedelta:
        """Return how long to wait before the next try.

        Parameters
        ----------
        failures
            Failures in a row, the last at ``last``.
        last, now
            Aware moments.

        Returns
        -------
        timedelta
            Zero, or what is left of 1, 2, 4 … 60 seconds counted from the last failure.
        """
        over = failures - self.free
        if over < 0 or now - last >= FORGET:
            return timedelta(0)
        pause = min(timedelta(seconds=2 ** min(over, 6)), LONGEST)
        return max(last + pause - now, timedelta(0))


PER_ACCOUNT: Final = Allowance(free=5)
"""For one e-mail address tried from one network address."""

PER_ADDRESS: Final = Allowance(free=40)
"""For one network address, whatever the account: a hotel's whole staff may share it."""

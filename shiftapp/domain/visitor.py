"""The person behind a request, as the gate found them."""

from dataclasses import dataclass
from typing import Literal

from shiftapp.domain.permission import Role

Language = Literal["ja", "en"]


@dataclass(frozen=True, slots=True)
class Visitor:
    """A signed-in user account in one of its teams.

    Attributes
    ----------
    user_id, team_id
        Keys of the user account and of the team it works in now.
    role
        Its role in that team.
    name
        As shown to colleagues.
    language
        Of the account: pages start in it, errors are told in it.
    session_id
        Key of the session the visitor came with; 0 where there is none (command line, jobs, tests).
    """

    user_id: int
    team_id: int
    role: Role
    name: str
    language: Language
    session_id: int = 0

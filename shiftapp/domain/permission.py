"""Who may do what: four roles, the actions of the product, one table."""

from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """What a user account may do in one team, strongest first."""

    OWNER = "owner"
    MANAGER = "manager"
    VIEWER = "viewer"
    STAFF = "staff"


class Action(StrEnum):
    """Everything that is asked for at the gate or of a service."""

    SEE_SCHEDULE = "see_schedule"
    EDIT_CELLS = "edit_cells"
    GENERATE = "generate"
    APPLY_RUN = "apply_run"
    PUBLISH = "publish"
    EDIT_PERIODS = "edit_periods"
    EDIT_STAFF = "edit_staff"
    EDIT_SHIFT_TYPES = "edit_shift_types"
    EDIT_RULES = "edit_rules"
    EDIT_CALENDAR = "edit_calendar"
    SEE_REQUESTS = "see_requests"
    EDIT_REQUESTS = "edit_requests"
    ASK = "ask"
    SEE_STATISTICS = "see_statistics"
    SEE_HISTORY = "see_history"
    IMPORT = "import"
    EXPORT = "export"
    OPTIMIZE = "optimize"
    EDIT_TEAM = "edit_team"
    EDIT_MEMBERS = "edit_members"


_STAFF: Final = frozenset({Action.SEE_SCHEDULE, Action.ASK})
_VIEWER: Final = _STAFF | {
    Action.SEE_REQUESTS,
    Action.SEE_STATISTICS,
    Action.SEE_HISTORY,
    Action.EXPORT,
}
_OWNER_ONLY: Final = frozenset({Action.EDIT_TEAM, Action.EDIT_MEMBERS})

ALLOWED: Final[dict[Role, frozenset[Action]]] = {
    Role.OWNER: frozenset(Action),
    Role.MANAGER: frozenset(Action) - _OWNER_ONLY,
    Role.VIEWER: _VIEWER,
    Role.STAFF: _STAFF,
}
"""The whole table. An action that is not named for a role is refused."""


def may(role: Role, action: Action) -> bool:
    """Say whether ``role`` has the right to ``action`` in its own team.

    Parameters
    ----------
    role
        The visitor's role in the team the action touches.
    action
        What is asked.

    Returns
    -------
    bool
        ``False`` for everything the table does not name.
    """
    return action in ALLOWED[role]

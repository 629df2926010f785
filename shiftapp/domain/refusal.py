"""What a service returns when it will not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from shiftapp.domain.permission import Action, may
from shiftapp.domain.visitor import Visitor


@dataclass(frozen=True, slots=True)
class Refused:
    """A refusal is a value: the caller shows it, nobody catches it.

    Attributes
    ----------
    code
        Key of the text that says what happened and what to do (``shiftapp.ui.text``), such as ``refused.right``.
    args
        Values the text names: short strings and numbers, never what was sent.
    """

    code: str
    args: Mapping[str, Any] = field(default_factory=dict[str, Any])


def authorise(who: Visitor, action: Action) -> Refused | None:
    """Refuse ``action`` unless the visitor's role has the right to it: line one of every service.

    Returns
    -------
    Refused or None
        ``refused.right`` with the action's name, or ``None`` where the action is allowed.
    """
    return None if may(who.role, action) else Refused("refused.right", {"action": str(action)})

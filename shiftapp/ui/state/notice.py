"""Short notices: what was refused and why. The page words them, in the language it is in."""

from itertools import count

from reflex_base.event import EventSpec

from shiftapp.domain.refusal import Refused
from shiftapp.ui.client import Kept

NOTICE = Kept("notice", None)
_number = count(1)


def refuse(why: Refused) -> EventSpec:
    """Tell the page why: to be returned by a handler. Every notice has a number, so that the same one shows twice."""
    given = {name: str(value) for name, value in why.args.items()}
    return NOTICE.push({"number": next(_number), "code": why.code, "given": given})

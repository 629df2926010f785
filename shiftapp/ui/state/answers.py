"""What becomes of a form that was sent: its page shows it beside the fields, or closes the form."""

from collections.abc import Mapping
from typing import Annotated, Any

import reflex as rx
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from shiftapp.domain.refusal import Refused
from shiftapp.live import rooms
from shiftapp.ui.state.live import Live, live

WHOLE = ""
"""Stands for the form as a whole where a fault has no field."""

Typed = Annotated[str, StringConstraints(max_length=8000)]


class Sent(BaseModel):
    """A form as it was sent.

    Attributes
    ----------
    at
        Names the opening of the form, so that an answer that comes late is not shown in another form.
    fields
        Names and what was typed; an unticked box is missing.
    """

    model_config = ConfigDict(extra="forbid")

    at: int = Field(ge=0)
    fields: dict[str, Typed] = Field(default_factory=dict, max_length=1000)


@live
class FormState(Live, rx.State):
    """The latest answer to this page: ``{at, done, drops, errors: field → {code, given}}``."""

    told: rx.Field[dict[str, Any]] = rx.field(default_factory=dict)


async def accept(state: rx.State, asked: Sent) -> None:
    """Close the form: what it asked for is done."""
    await _tell(state, {"at": asked.at, "done": True, "drops": 0, "errors": {}})


async def reject(state: rx.State, asked: Sent, wrong: Mapping[str, Refused] | Refused, drops: int = 0) -> None:
    """Keep the form open and say what is wrong.

    Parameters
    ----------
    wrong
        By field; or a service's refusal, beside the field its ``field`` argument names, else above the buttons.
    drops
        Cells that saving would empty, for the form to ask about.
    """
    faults = {str(wrong.args.get("field", WHOLE)): wrong} if isinstance(wrong, Refused) else wrong
    errors = {field: {"code": why.code, "given": dict(why.args)} for field, why in faults.items()}
    await _tell(state, {"at": asked.at, "done": False, "drops": drops, "errors": errors})


async def answer(state: rx.State, asked: Sent, outcome: object) -> None:
    """Close the form, or say what is wrong where the outcome is a refusal."""
    await (reject(state, asked, outcome) if isinstance(outcome, Refused) else accept(state, asked))


async def _tell(state: rx.State, told: dict[str, Any]) -> None:
    await rooms.tell(state.router.session.session_id, {FormState.__name__: {"told": told}})

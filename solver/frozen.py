"""The words every module of the kernel shares: ids, days, and values that never change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field

PersonId = str
ShiftId = str
Day = int
"""Days are counted from the first day of the horizon, which is 0. Day -1 is the day before it."""

HorizonDay = Annotated[int, Field(ge=0, description="day of the horizon, 0 is its first day")]
Weekday = Annotated[int, Field(ge=0, le=6, description="0 is Monday")]


class Frozen(BaseModel):
    """A value: compared by content, never changed, refusing fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a copy, with the fields in ``update`` replaced, that has worked nothing out yet."""
        twin = super().model_copy(update=update, deep=deep)
        values: dict[str, Any] = vars(twin)  # type: ignore[assignment]  # pydantic keeps cached properties there
        for name in set(values) - set(type(self).model_fields):
            del values[name]
        return twin

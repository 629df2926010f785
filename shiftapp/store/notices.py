"""Telling every server that a team's staff, shift types, rules or calendar changed."""

import json
from typing import Literal

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

CHANNEL = "team"

Part = Literal["staff", "groups", "shift_types", "rules", "calendar", "requests", "periods", "team"]
"""What of a team changed; ``team`` may be all of it."""


async def notify_team(session: AsyncSession, team_id: int, part: Part) -> None:
    """Announce a change; heard when the transaction commits, and not at all when it does not."""
    payload = json.dumps({"t": team_id, "w": part})
    await (await session.connection()).execute(
        text("SELECT pg_notify(:channel, :payload)"), {"channel": CHANNEL, "payload": payload}
    )


def decode(payload: str) -> tuple[int, Part]:
    """Return the team and the part that ``notify_team`` announced."""
    given = json.loads(payload)
    return int(given["t"]), given["w"]

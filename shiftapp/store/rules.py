"""Rules and requests. Every function works inside the caller's transaction, in its team."""

from collections.abc import Iterable
from datetime import date
from typing import cast

from sqlalchemy import delete, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from shiftapp.domain.request import Request, RequestState
from shiftapp.domain.rule_settings import RuleKind, RuleSetting, read_params
from shiftapp.domain.rule_values import RuleScope
from shiftapp.store.tables.rules import RequestRow, RuleRow


def rule_of(row: RuleRow) -> RuleSetting:
    """Return the rule a row holds."""
    kind = cast("RuleKind", row.kind)
    return RuleSetting(
        id=cast("int", row.id),
        rank=row.rank,
        kind=kind,
        name=row.name,
        enabled=row.enabled,
        hard=row.hard,
        weight=row.weight,
        params=read_params(kind, row.params),
        scope=RuleScope.model_validate(row.scope),
    )


async def all_rules(session: AsyncSession) -> list[RuleSetting]:
    """Return the team's rules, in order."""
    rows = await session.exec(select(RuleRow).order_by(col(RuleRow.rank), col(RuleRow.id)))
    return [rule_of(row) for row in rows]


async def add_rules(session: AsyncSession, team_id: int, rules: Iterable[RuleSetting]) -> None:
    """Store new rules."""
    for rule in rules:
        row = RuleRow(team_id=team_id, kind=rule.kind)
        _fill(row, rule)
        session.add(row)
    await session.flush()


async def insert_rule(session: AsyncSession, team_id: int, rule: RuleSetting) -> RuleSetting:
    """Store a new rule at its rank, before those that have that rank or a later one; return it with its id."""
    await session.exec(update(RuleRow).where(col(RuleRow.rank) >= rule.rank).values(rank=col(RuleRow.rank) + 1))
    row = RuleRow(team_id=team_id, kind=rule.kind)
    _fill(row, rule)
    session.add(row)
    await session.flush()
    return rule_of(row)


async def drop_rule(session: AsyncSession, rule_id: int) -> None:
    """Delete a rule of the team."""
    await session.exec(delete(RuleRow).where(col(RuleRow.id) == rule_id))


async def save_rule(session: AsyncSession, rule: RuleSetting) -> bool:
    """Write a stored rule; return whether the team has it."""
    row = await session.get(RuleRow, rule.id)
    if row is None or row.kind != rule.kind:
        return False
    _fill(row, rule)
    session.add(row)
    await session.flush()
    return True


def _fill(row: RuleRow, rule: RuleSetting) -> None:
    row.rank, row.name, row.enabled, row.hard, row.weight = rule.rank, rule.name, rule.enabled, rule.hard, rule.weight
    row.params = rule.params.model_dump(mode="json")
    row.scope = rule.scope.model_dump(mode="json", exclude_none=True)


async def requests_between(session: AsyncSession, first: date, last: date) -> list[Request]:
    """Return what is asked for on ``first``–``last``, by date and person."""
    query = (
        select(RequestRow)
        .where(col(RequestRow.day) >= first, col(RequestRow.day) <= last)
        .order_by(col(RequestRow.day), col(RequestRow.staff_id), col(RequestRow.id))
    )
    return [request_of(row) for row in await session.exec(query)]


def request_of(row: RequestRow) -> Request:
    """Return the request a row holds."""
    return Request(
        id=cast("int", row.id),
        staff_id=row.staff_id,
        day=row.day,
        shift=row.shift_type_id,
        wanted=row.wanted,
        weight=row.weight,
        note=row.note,
        state=cast("RequestState", row.state),
    )


async def get_request(session: AsyncSession, request_id: int) -> Request | None:
    """Return one request."""
    row = await session.get(RequestRow, request_id)
    return None if row is None else request_of(row)


async def drop_request(session: AsyncSession, request_id: int) -> None:
    """Delete a request of the team."""
    await session.exec(delete(RequestRow).where(col(RequestRow.id) == request_id))


async def add_requests(session: AsyncSession, team_id: int, requests: Iterable[Request]) -> None:
    """Store new requests."""
    session.add_all(
        RequestRow(
            team_id=team_id,
            staff_id=asked.staff_id,
            day=asked.day,
            shift_type_id=asked.shift,
            wanted=asked.wanted,
            weight=asked.weight,
            note=asked.note,
            state=asked.state,
        )
        for asked in requests
    )
    await session.flush()


async def save_request(session: AsyncSession, asked: Request) -> None:
    """Write every field of a stored request but whose it is.

    Raises
    ------
    LookupError
        The team has no such request.
    """
    row = await session.get(RequestRow, asked.id)
    if row is None:
        raise LookupError(f"no request {asked.id}")
    row.day, row.shift_type_id = asked.day, asked.shift
    row.wanted, row.weight, row.note, row.state = asked.wanted, asked.weight, asked.note, asked.state
    session.add(row)
    await session.flush()

"""Columns that many tables have."""

from typing import Any

from sqlalchemy import BigInteger, Column, ForeignKey


def team_key(*, index: bool = False, primary: bool = False) -> "Column[Any]":
    """Return the column that says whose a row is; it goes when the team goes."""
    return Column(
        "team_id",
        BigInteger,
        ForeignKey("team.id", ondelete="CASCADE"),
        nullable=False,
        index=index,
        primary_key=primary,
        autoincrement=False,
    )

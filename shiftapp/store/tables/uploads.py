"""Files that were sent for an import and not confirmed yet."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Column, DateTime, ForeignKey, Integer, LargeBinary, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field, SQLModel


class UploadRow(SQLModel, table=True):
    """The files of one signed-in browser in one team, one after the other; they go with the session."""

    __tablename__ = "upload"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        CheckConstraint("octet_length(content) <= 8388608", name="upload_size"),
        CheckConstraint("cardinality(names) = cardinality(sizes)", name="upload_sizes"),
    )

    session_id: int = Field(
        sa_column=Column(BigInteger, ForeignKey("user_session.id", ondelete="CASCADE"), primary_key=True)
    )
    team_id: int = Field(
        sa_column=Column(BigInteger, ForeignKey("team.id", ondelete="CASCADE"), primary_key=True, index=True)
    )
    names: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False))
    sizes: list[int] = Field(sa_column=Column(ARRAY(Integer), nullable=False), description="bytes of each file")
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    expires_at: datetime = Field(sa_type=DateTime(timezone=True))  # pyright: ignore[reportArgumentType]

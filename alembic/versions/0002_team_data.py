"""What a team has: staff, groups, shift types, calendar, periods, rules, requests."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "staff",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("team_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("position", sa.Text(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("staff_type", sa.Text(), nullable=False),
        sa.Column("skills", sa.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("weekly_minutes", sa.Integer(), nullable=False),
        sa.Column("employed_from", sa.Date(), nullable=True),
        sa.Column("employed_to", sa.Date(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("staff_type IN ('regular', 'contract', 'part_time')", name="staff_type"),
        sa.CheckConstraint("employed_from <= employed_to", name="staff_employment"),
        sa.CheckConstraint("length(name) BETWEEN 1 AND 80", name="staff_name_length"),
        sa.CheckConstraint("weekly_minutes BETWEEN 0 AND 10080", name="staff_weekly_minutes"),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("team_id", "id", name="staff_of_team"),
        sa.UniqueConstraint("team_id", "name", name="staff_name"),
    )
    op.create_index(op.f("ix_staff_team_id"), "staff", ["team_id"], unique=False)
    op.create_table(
        "staff_group",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("team_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.CheckConstraint("length(name) BETWEEN 1 AND 80", name="staff_group_name_length"),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("team_id", "id", name="staff_group_of_team"),
        sa.UniqueConstraint("team_id", "name", name="staff_group_name"),
    )
    op.create_index(op.f("ix_staff_group_team_id"), "staff_group", ["team_id"], unique=False)
    op.create_table(
        "staff_group_member",
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("team_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("backup", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["team_id", "group_id"], ["staff_group.team_id", "staff_group.id"], name="member_group", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["team_id", "staff_id"], ["staff.team_id", "staff.id"], name="member_staff", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("group_id", "staff_id"),
    )
    op.create_index(op.f("ix_staff_group_member_staff_id"), "staff_group_member", ["staff_id"], unique=False)
    op.create_table(
        "shift_type",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("team_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("symbol", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name_ja", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("start_minute", sa.Integer(), nullable=True),
        sa.Column("end_minute", sa.Integer(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("absence", sa.SmallInteger(), nullable=False),
        sa.Column("rest", sa.Boolean(), nullable=False),
        sa.Column("colour", sa.Text(), nullable=False),
        sa.Column("staff_types", sa.ARRAY(sa.Text()), nullable=True),
        sa.Column("automatic", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('work', 'off', 'early', 'late', 'leave', 'unavailable')", name="shift_type_kind"),
        sa.CheckConstraint("staff_types <@ ARRAY['regular', 'contract', 'part_time']", name="shift_type_staff_types"),
        sa.CheckConstraint("(start_minute IS NULL) = (end_minute IS NULL)", name="shift_type_times"),
        sa.CheckConstraint("absence BETWEEN 0 AND 2", name="shift_type_absence"),
        sa.CheckConstraint("end_minute > start_minute AND end_minute <= 2880", name="shift_type_end"),
        sa.CheckConstraint("length(key) <= 1", name="shift_type_key_length"),
        sa.CheckConstraint("length(symbol) BETWEEN 1 AND 3", name="shift_type_symbol_length"),
        sa.CheckConstraint("minutes BETWEEN 0 AND 1440", name="shift_type_minutes"),
        sa.CheckConstraint("start_minute BETWEEN 0 AND 1439", name="shift_type_start"),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("team_id", "code", name="shift_type_code"),
        sa.UniqueConstraint("team_id", "id", name="shift_type_of_team"),
        sa.UniqueConstraint("team_id", "symbol", name="shift_type_symbol"),
    )
    op.create_index(op.f("ix_shift_type_team_id"), "shift_type", ["team_id"], unique=False)
    op.create_index(
        "shift_type_key", "shift_type", ["team_id", "key"], unique=True, postgresql_where=sa.text("key <> ''")
    )
    op.create_table(
        "calendar_day",
        sa.Column("team_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('must_off', 'must_work', 'holiday')", name="calendar_day_kind"),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("team_id", "day"),
    )
    op.create_table(
        "period",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("team_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        postgresql.ExcludeConstraint(
            (sa.text("int8range(team_id, team_id, '[]')"), "&&"),
            (sa.text("daterange(starts, ends, '[]')"), "&&"),
            using="gist",
            name="period_overlap",
        ),
        sa.CheckConstraint("state IN ('draft', 'published', 'archived')", name="period_state"),
        sa.CheckConstraint("ends - starts BETWEEN 0 AND 91", name="period_length"),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("team_id", "id", name="period_of_team"),
    )
    op.create_index(op.f("ix_period_team_id"), "period", ["team_id"], unique=False)
    op.create_table(
        "rule",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("team_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("hard", sa.Boolean(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("scope", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False),
        sa.Column("params", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False),
        sa.CheckConstraint("weight BETWEEN 0 AND 100000", name="rule_weight"),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_rule_team_id"), "rule", ["team_id"], unique=False)
    op.create_table(
        "request",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("team_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("shift_type_id", sa.BigInteger(), nullable=False),
        sa.Column("wanted", sa.Boolean(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('open', 'approved', 'declined')", name="request_state"),
        sa.CheckConstraint("weight BETWEEN 0 AND 1000", name="request_weight"),
        sa.ForeignKeyConstraint(
            ["team_id", "shift_type_id"],
            ["shift_type.team_id", "shift_type.id"],
            name="request_shift",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["team_id", "staff_id"], ["staff.team_id", "staff.id"], name="request_staff", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("staff_id", "day", "shift_type_id", name="request_once"),
    )
    op.create_index("request_day", "request", ["team_id", "day"], unique=False)


def downgrade() -> None:
    op.drop_table("request")
    op.drop_table("rule")
    op.drop_table("period")
    op.drop_table("calendar_day")
    op.drop_table("shift_type")
    op.drop_table("staff_group_member")
    op.drop_table("staff_group")
    op.drop_table("staff")

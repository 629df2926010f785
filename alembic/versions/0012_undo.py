"""A change set says which other one it takes back: undo and redo are read from the log."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("change_set", sa.Column("undoes", sa.BigInteger(), nullable=True))
    op.create_foreign_key(
        "change_set_undoes", "change_set", "change_set", ["period_id", "undoes"], ["period_id", "seq"]
    )
    op.create_check_constraint(
        "change_set_way", "change_set", "(undoes IS NOT NULL) = (kind IN ('undo', 'redo')) AND undoes < seq"
    )
    op.create_index(
        "change_set_undone",
        "change_set",
        ["period_id", "undoes"],
        unique=True,
        postgresql_where=sa.text("undoes IS NOT NULL"),
    )
    op.drop_index("ix_change_set_user_id", table_name="change_set")
    op.create_index("change_set_of_person", "change_set", ["user_id", "period_id", "seq"])


def downgrade() -> None:
    op.drop_index("change_set_of_person", table_name="change_set")
    op.create_index("ix_change_set_user_id", "change_set", ["user_id"])
    op.drop_index("change_set_undone", table_name="change_set")
    op.drop_constraint("change_set_way", "change_set")
    op.drop_constraint("change_set_undoes", "change_set")
    op.drop_column("change_set", "undoes")

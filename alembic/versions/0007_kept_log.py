"""Nothing deletes the change log: not even with the period or the team that it belongs to.

Deleting those takes their change sets along, past what the app's role may do to the log itself. Nothing in the program
deletes them; who runs the database may.
"""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ROLE = "app"
WITH_LOG = ("period", "team")


def upgrade() -> None:
    for table in WITH_LOG:
        op.execute(f"REVOKE DELETE ON {table} FROM {ROLE}")


def downgrade() -> None:
    for table in WITH_LOG:
        op.execute(f"GRANT DELETE ON {table} TO {ROLE}")

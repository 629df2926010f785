"""The queue's tables, in a schema of their own."""

from typing import cast

import psycopg
from alembic import op

from shiftapp.store.queue import SCHEMA, schema_sql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ROLE = "app"


def upgrade() -> None:
    op.execute(f"CREATE SCHEMA {SCHEMA}")
    op.execute(f"SET LOCAL search_path TO {SCHEMA}")
    # the script holds percent signs and many statements: it goes to the driver as it is
    driver = cast("psycopg.Connection", op.get_bind().connection.driver_connection)
    driver.execute(schema_sql())
    op.execute("SET LOCAL search_path TO public")
    op.execute(f"GRANT USAGE ON SCHEMA {SCHEMA} TO {ROLE}")
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {SCHEMA} TO {ROLE}")
    op.execute(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA {SCHEMA} TO {ROLE}")
    op.execute(f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA {SCHEMA} TO {ROLE}")


def downgrade() -> None:
    op.execute(f"DROP SCHEMA {SCHEMA} CASCADE")

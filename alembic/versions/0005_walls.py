"""Walls between teams, and what the app's role may do.

The role ``app`` owns nothing. Under row-level security it sees the rows of the team named by ``app.team_id`` and none
without it. The change log and the audit can be written and read, not altered.
"""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ROLE = "app"
TEAM = "nullif(current_setting('app.team_id', true), '')::bigint"
USER = "nullif(current_setting('app.user_id', true), '')::bigint"

OF_TEAM = (
    "staff",
    "staff_group",
    "staff_group_member",
    "shift_type",
    "calendar_day",
    "period",
    "rule",
    "request",
    "cell",
    "change_set",
    "change",
    "run",
)
OF_NOBODY = ("user_account", "user_session", "setup_token", "sign_in_failure")
APPEND_ONLY = ("change_set", "change", "audit")


def upgrade() -> None:
    for table in OF_TEAM:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY of_team ON {table} USING (team_id = {TEAM}) WITH CHECK (team_id = {TEAM})")
    for table in ("team", "member", "audit"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY of_team ON team USING (id = {TEAM}) WITH CHECK (id = {TEAM})")
    op.execute(f"CREATE POLICY of_team ON member USING (team_id = {TEAM}) WITH CHECK (team_id = {TEAM})")
    # a user may list the teams they belong to before working in one of them
    op.execute(f"CREATE POLICY of_user ON member FOR SELECT USING (user_id = {USER})")
    op.execute(f"CREATE POLICY written_by_anybody ON audit FOR INSERT WITH CHECK (team_id IS NULL OR team_id = {TEAM})")
    op.execute(f"CREATE POLICY read_by_team ON audit FOR SELECT USING (team_id = {TEAM})")

    op.execute(f"GRANT USAGE ON SCHEMA public TO {ROLE}")
    op.execute(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {ROLE}")
    for table in (*OF_TEAM, *OF_NOBODY, "team", "member"):
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {ROLE}")
    for table in APPEND_ONLY:
        op.execute(f"REVOKE ALL ON {table} FROM {ROLE}")
        op.execute(f"GRANT SELECT, INSERT ON {table} TO {ROLE}")


def downgrade() -> None:
    for table in (*OF_TEAM, "team", "member", "audit"):
        op.execute(f"DROP POLICY IF EXISTS of_team ON {table}")
        op.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
    op.execute("DROP POLICY of_user ON member")
    op.execute("DROP POLICY written_by_anybody ON audit")
    op.execute("DROP POLICY read_by_team ON audit")
    for table in (*OF_TEAM, *OF_NOBODY, "team", "member", "audit"):
        op.execute(f"REVOKE ALL ON {table} FROM {ROLE}")
    op.execute(f"REVOKE USAGE ON ALL SEQUENCES IN SCHEMA public FROM {ROLE}")
    op.execute(f"REVOKE USAGE ON SCHEMA public FROM {ROLE}")

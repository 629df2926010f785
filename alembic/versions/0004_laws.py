"""Laws the database keeps itself: no cell outside its period or outside an employment, whoever writes.

The three ways to break it (a cell is written, an employment is cut short, a period's dates move) each have a trigger.
Every one of them first locks the periods concerned, as an edit does, so that two transactions cannot each miss what the
other is about to commit.
"""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

CELLS = """
CREATE FUNCTION cell_inside() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    stray record;
BEGIN
    PERFORM 1 FROM period p WHERE p.id IN (SELECT period_id FROM written) ORDER BY p.id FOR NO KEY UPDATE;
    SELECT w.staff_id, w.day, w.day NOT BETWEEN p.starts AND p.ends AS outside_period INTO stray
      FROM written w JOIN period p ON p.id = w.period_id JOIN staff s ON s.id = w.staff_id
     WHERE w.day NOT BETWEEN p.starts AND p.ends OR w.day < s.employed_from OR w.day > s.employed_to
     LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'cell of staff % on % lies outside the %', stray.staff_id, stray.day,
            CASE WHEN stray.outside_period THEN 'period' ELSE 'employment' END
            USING ERRCODE = 'check_violation', CONSTRAINT = CASE WHEN stray.outside_period
                THEN 'cell_inside_period' ELSE 'cell_inside_employment' END;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER cell_inside_insert AFTER INSERT ON cell
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION cell_inside();
CREATE TRIGGER cell_inside_update AFTER UPDATE ON cell
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION cell_inside();
"""

EMPLOYMENT = """
CREATE FUNCTION employment_keeps_cells() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM 1 FROM period p WHERE p.team_id = NEW.team_id ORDER BY p.id FOR NO KEY UPDATE;
    IF EXISTS (SELECT 1 FROM cell c WHERE c.team_id = NEW.team_id AND c.staff_id = NEW.id
                  AND (c.day < NEW.employed_from OR c.day > NEW.employed_to)) THEN
        RAISE EXCEPTION 'staff % has cells outside the new employment', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'cell_inside_employment';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER employment_keeps_cells AFTER UPDATE OF employed_from, employed_to ON staff
    FOR EACH ROW EXECUTE FUNCTION employment_keeps_cells();
"""

PERIOD = """
CREATE FUNCTION period_keeps_cells() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM cell c WHERE c.period_id = NEW.id AND c.day NOT BETWEEN NEW.starts AND NEW.ends) THEN
        RAISE EXCEPTION 'period % has cells outside its new dates', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'cell_inside_period';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER period_keeps_cells AFTER UPDATE OF starts, ends ON period
    FOR EACH ROW EXECUTE FUNCTION period_keeps_cells();
"""


def upgrade() -> None:
    for statements in (CELLS, EMPLOYMENT, PERIOD):
        op.execute(statements)


def downgrade() -> None:
    op.execute("DROP FUNCTION cell_inside, employment_keeps_cells, period_keeps_cells CASCADE")

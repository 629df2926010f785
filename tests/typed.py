"""What the database has of a period and what those who typed there know of it, for ``tests.history``."""

from collections.abc import Sequence

import psycopg

from shiftapp.domain.cell import Cell
from shiftapp.domain.edit import Change
from tests.history import Entry, History, Sent, Sight
from tests.typist import Typist


def history(connection: psycopg.Connection, typists: Sequence[Typist], further: Sequence[Sent] = ()) -> History:
    """Read what the database has and ask the clients what they know.

    Parameters
    ----------
    connection
        Past every wall.
    typists
        Of one period.
    further
        Edits that came another way, such as an applied run.
    """
    return read_history(
        connection,
        typists[0].kitchen.period.id,
        [*(sent for typist in typists for sent in typist.sent), *further],
        [typist.page.screen() for typist in typists],
        [sight for typist in typists for sight in typist.sights],
    )


def read_history(
    connection: psycopg.Connection,
    period: int,
    sent: Sequence[Sent],
    screens: Sequence[Sight] = (),
    sights: Sequence[Sight] = (),
) -> History:
    """Read what the database has of a period, beside what its clients know."""
    found = connection.execute(
        "SELECT staff_id, day, shift_type_id, pinned, note, version FROM cell WHERE period_id = %s", (period,)
    )
    cells = {(staff, day): Cell(*cell) for staff, day, *cell in found}
    return History(sent, read_log(connection, period), cells, screens, sights)


def read_log(connection: psycopg.Connection, period: int) -> list[Entry]:
    """Return the change log of a period."""
    changes: dict[int, list[Change]] = {}
    for seq, staff, day, *held in connection.execute(
        "SELECT seq, staff_id, day, before_shift, before_pinned, before_note, before_version,"
        " after_shift, after_pinned, after_note FROM change WHERE period_id = %s ORDER BY seq",
        (period,),
    ):
        changes.setdefault(seq, []).append(Change(staff, day, Cell(*held[:4]), Cell(*held[4:], seq)))
    sets = connection.execute("SELECT seq, edit_id FROM change_set WHERE period_id = %s ORDER BY seq", (period,))
    return [Entry(seq, edit_id, tuple(changes.get(seq, ()))) for seq, edit_id in sets]

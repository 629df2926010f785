"""Who is here: each person once, at the cell they moved to last, and nobody for longer than they are heard of."""

from shiftapp.live.presence import EXPIRES, SHOWN, Person, Presence, initials, values


class Clock:
    """Time that stands still until it is told to go on."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


def people(known: Presence, period_id: int = 1) -> dict[int, tuple[int, str]]:
    return {person.user_id: person.cell for person in known.everybody(period_id)}


def test_a_person_with_two_pages_counts_once_and_is_where_they_moved_last() -> None:
    clock = Clock()
    known = Presence(clock)
    known.join("a", 1, 7, "Aoki")
    known.join("b", 1, 7, "Aoki")
    clock.now += 1
    known.move("a", (3, "2026-04-01"))
    clock.now += 1
    known.move("b", (4, "2026-04-02"))
    assert people(known) == {7: (4, "2026-04-02")}
    known.leave("b")
    assert people(known) == {7: (3, "2026-04-01")}
    known.leave("a")
    assert people(known) == {}


def test_a_page_is_seen_in_the_period_it_shows_alone() -> None:
    known = Presence(Clock())
    known.join("a", 1, 7, "Aoki")
    assert known.join("a", 2, 7, "Aoki") == 1
    assert people(known, 1) == {}
    assert people(known, 2) == {7: (0, "")}


def test_a_page_that_joined_nothing_moves_nobody() -> None:
    known = Presence(Clock())
    assert known.move("a", (3, "2026-04-01")) is None
    assert known.leave("a") is None


def test_those_of_another_server_expire_unless_heard_of_again() -> None:
    clock = Clock()
    known = Presence(clock)
    known.hear("s", 1, [Person(7, "Aoki"), Person(8, "Baba")], [])
    clock.now += EXPIRES - 1
    known.hear("s", 1, [Person(7, "Aoki")], [])
    clock.now += 2
    assert known.expire() == {1}
    assert people(known) == {7: (0, "")}


def test_a_goodbye_of_one_server_leaves_the_same_person_on_another() -> None:
    known = Presence(Clock())
    known.hear("s", 1, [Person(7, "Aoki")], [])
    known.hear("t", 1, [Person(7, "Aoki")], [])
    known.hear("s", 1, [], [7])
    assert people(known) == {7: (0, "")}
    known.hear("t", 1, [], [7])
    assert people(known) == {}


def test_a_page_is_told_of_those_who_moved_last_and_of_the_number_of_all() -> None:
    clock = Clock()
    known = Presence(clock)
    for user_id in range(1000):
        clock.now += 0.001
        known.hear("s", 1, [Person(user_id, f"P {user_id}", (1, "2026-04-01"))], [])
    told = values(known.everybody(1))
    assert told["count"] == 1000
    assert [one[0] for one in told["here"]] == [str(each) for each in range(1000 - SHOWN, 1000)]  # pyright: ignore[reportGeneralTypeIssues]
    assert told["at"] == "|".join(["1 2026-04-01"] * SHOWN)


def test_hearing_of_somebody_again_is_no_move() -> None:
    clock = Clock()
    known = Presence(clock)
    known.hear("s", 1, [Person(7, "Aoki")], [])
    clock.now += 1
    known.join("a", 1, 8, "Baba")
    clock.now += 1
    known.hear("s", 1, [Person(7, "Aoki")], [])
    assert [person.user_id for person in known.everybody(1)] == [8, 7]


def test_initials_stand_for_japanese_and_latin_names() -> None:
    assert [initials(each) for each in ("青木 花子", "Mary Ann Lee", "bob", "")] == ["青", "ML", "B", "?"]

"""The count that the report is held against: wrong figures are seen, and the days are those of the calendar."""

from datetime import date

from traektoria.demo.simulated_year.expected_dates import BY_PAPER, quarters, two_months, window_of
from traektoria.demo.simulated_year.ledger import ItemNote, TimeNote, months_after

TODAY = date(2021, 3, 1)
DAY = "2021-01-20"


def note(*times: TimeNote, floor: int = 0) -> ItemNote:
    return ItemNote("1", "Семинар", "Раз в четверть", 1, list(times), floor=floor)


def test_what_is_done_late_missed_moved_and_cancelled() -> None:
    done = TimeNote(None, date(2021, 1, 31), 1, deeds=[(date(2021, 1, 20), "Семинар")])
    late = TimeNote(None, date(2021, 1, 31), 2, deeds=[(date(2021, 2, 3), "Позже")])
    moved = TimeNote(None, date(2021, 1, 31), 3, moved_to=date(2021, 2, 10), deeds=[(date(2021, 2, 10), "Перенесён")])
    missed, ahead = TimeNote(None, date(2021, 2, 28), 4), TimeNote(None, date(2021, 3, 1), 5)
    cancelled = TimeNote(None, date(2021, 1, 31), 6, cancelled=True)
    told = note(done, late, moved, missed, ahead, cancelled).report(TODAY)
    assert {name: value for name, value in told.items() if name != "deeds"} == {
        "due": 4, "done": 3, "late": 1, "missed": 1, "cancelled": 1, "moved": 1,
    }  # fmt: skip
    assert told["deeds"][0] == [DAY, "Семинар"]


def test_two_deeds_where_two_are_needed() -> None:
    one = TimeNote(None, date(2021, 1, 31), 1, needs=2, deeds=[(date(2021, 1, 20), "Первый")])
    assert one.state(TODAY) == "missed"
    one.deeds.append((date(2021, 1, 25), "Второй"))
    assert (one.state(TODAY), one.done_on) == ("done", date(2021, 1, 25))


def test_a_floor_is_measured_from_the_first_day_and_from_each_deed() -> None:
    window = (date(2020, 12, 1), date(2021, 5, 25))
    once = TimeNote(None, date(2021, 1, 31), 1, deeds=[(date(2020, 12, 31), "Аудит")])
    assert note(once, floor=2).broken(window, TODAY) == ["2021-02-28"]
    assert note(floor=2).broken(window, date(2021, 1, 15)) == []
    assert note(floor=2).broken(window, TODAY) == ["2021-02-01"]
    assert months_after(date(2020, 12, 31), 2) == date(2021, 2, 28)


def test_days_of_the_papers() -> None:
    window = window_of("school", 2020, date(2020, 12, 1))
    assert window == (date(2020, 12, 1), date(2021, 5, 25))
    assert quarters(window)[0] == (date(2020, 12, 1), date(2020, 12, 27))
    assert [end for _, end in two_months(window)] == [date(2021, 1, 31), date(2021, 3, 31), date(2021, 5, 25)]
    assert BY_PAPER["tbilisskaya"]["1"](window) == [(date(2020, 12, 1), date(2020, 12, 31))]
    of_year = window_of("calendar", 2021, date(2021, 3, 1))
    assert [start for start, _ in quarters(of_year)] == [
        date(2021, 3, 1), date(2021, 3, 29), date(2021, 9, 1), date(2021, 11, 8),
    ]  # fmt: skip

"""Hours of a month against what a tutor offers: what counts, in which month, for whom; said, never forbidden."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.db.models import DurationField, ExpressionWrapper, F, Sum
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.consultations.hour_factories import given
from tests.consultations.request_factories import own_request
from tests.consultations.slot_factories import first_date, made, monday
from tests.routes.need_factories import person
from tests.routes.route_factories import actor
from tests.world import World
from traektoria.consultations.hours.models import ConsultationHour
from traektoria.consultations.load.months import MonthLoad, loads_of, month_of, months_from
from traektoria.consultations.load.outlook import load_sentences
from traektoria.consultations.load.queries import own_loads
from traektoria.consultations.load.sentences import left_in_words
from traektoria.consultations.slots.actions.changing import drop_date
from traektoria.core.typography import in_hours
from traektoria.engines.intervals import Interval
from traektoria.tutors.models import TutorProfile

pytestmark = [pytest.mark.django_db, pytest.mark.database]
MOSCOW = ZoneInfo("Europe/Moscow")
MARCH = date(2026, 3, 1)


def profile(world: World, hours: int, who: str = "tutor", centre: Any = None) -> TutorProfile:
    facts = {"hours_a_month": hours, "teachers_at_once": 5}
    return TutorProfile.objects.update_or_create(person=person(world, who), centre=centre or world.own, defaults=facts)[
        0
    ]


def hour(world: World, start: datetime, minutes: int = 45, who: str = "tutor", **fields: Any) -> ConsultationHour:
    """Written straight into the table: the past of any month."""
    facts = {"centre": world.own, "way": "video", "subject": "math", "topic": "Тема", **fields}
    end = start + timedelta(minutes=minutes)
    return ConsultationHour.objects.create(tutor=person(world, who), start=start, end=end, **facts)


def _march(world: World, who: str = "tutor", centre: Any = None) -> MonthLoad:
    return month_of((centre or world.own).pk, person(world, who).pk, MARCH, MOSCOW)


def test_hours_of_the_month_count_withdrawn_ones_not(world: World) -> None:
    profile(world, 3)
    hour(world, datetime(2026, 3, 5, 14, tzinfo=MOSCOW))
    hour(world, datetime(2026, 3, 6, 14, tzinfo=MOSCOW), withdrawn_at=timezone.now(), withdrawn_why="Не было")
    hour(world, datetime(2026, 4, 6, 14, tzinfo=MOSCOW))
    assert _march(world) == MonthLoad(MARCH, given=45, limit=180)
    assert _march(world).left == 135


def test_a_month_is_that_of_the_centres_clock(world: World) -> None:
    """Half past midnight in Yekaterinburg on the 1st is still February in Moscow."""
    zone = ZoneInfo("Asia/Yekaterinburg")
    hour(world, datetime(2026, 3, 1, 0, 30, tzinfo=zone))
    hour(world, datetime(2026, 4, 1, 0, 0, tzinfo=zone))
    assert month_of(world.own.pk, person(world, "tutor").pk, MARCH, zone).given == 45
    assert _march(world).given == 45
    february = month_of(world.own.pk, person(world, "tutor").pk, date(2026, 2, 3), MOSCOW)
    assert (february.first, february.given) == (date(2026, 2, 1), 45)


def test_a_tutor_of_two_centres_has_two_loads(world: World) -> None:
    profile(world, 3)
    profile(world, 5, centre=world.foreign)
    hour(world, datetime(2026, 3, 5, 14, tzinfo=MOSCOW))
    hour(world, datetime(2026, 3, 5, 16, tzinfo=MOSCOW), minutes=60, centre=world.foreign)
    assert (_march(world).left, _march(world, centre=world.foreign).left) == (135, 240)


def test_more_than_is_offered_is_said(world: World) -> None:
    profile(world, 1)
    hour(world, datetime(2026, 3, 5, 14, tzinfo=MOSCOW), minutes=90)
    load = _march(world)
    assert (load.left, load.over) == (0, 30)
    assert left_in_words(load) == "март: сверх нагрузки 30\xa0мин (в месяц 1\xa0ч)"
    assert left_in_words(_march(world, "other_tutor")) == ""


def test_hours_to_come_count_for_each_tutor_once(world: World) -> None:
    """Three meetings of half an hour, two tutors with one group: an hour and a half each; what is dropped is free."""
    help_hour = made(world, "tutor", "other_tutor", together=True, places=10).hour
    profile(world, 10)
    zone, first = timezone.get_current_timezone(), monday().replace(day=1)
    days = [one.start for one in help_hour.dates.all() if timezone.localdate(one.start).replace(day=1) == first]
    for who in ("tutor", "other_tutor"):
        assert month_of(world.own.pk, person(world, who).pk, first, zone).planned == 90 * len(days)
    drop_date(date=first_date(help_hour), reason="Праздник", by=actor(world, "coordinator"))
    assert month_of(world.own.pk, person(world, "tutor").pk, first, zone).planned == 90 * (len(days) - 1)


def test_a_date_that_has_begun_counts_when_it_is_written_down(world: World) -> None:
    """Of four dates the first one goes on just now: three are to come."""
    date_ = first_date(made(world).hour)
    begun = timezone.now() - timedelta(minutes=50)
    date_.receives.update(start=begun, end=begun + timedelta(minutes=60))
    months = months_from(timezone.localdate(begun), 4)
    loads = loads_of(world.own.pk, months, timezone.get_current_timezone())[person(world, "tutor").pk]
    assert (sum(one.given for one in loads), sum(one.planned for one in loads)) == (0, 3 * 90)


def test_the_statement_says_what_the_query_builder_says(world: World) -> None:
    for day in range(1, 28):
        hour(world, datetime(2026, 3, day, 9 + day % 7, 17, tzinfo=MOSCOW), minutes=7 + day)
    length = ExpressionWrapper(F("end") - F("start"), output_field=DurationField())
    whole = ConsultationHour.objects.aggregate(sum=Sum(length))["sum"]
    assert _march(world).given == whole // timedelta(minutes=1)


@pytest.mark.parametrize("tutors", [1, 3])
def test_one_query_whatever_the_number(world: World, tutors: int) -> None:
    for number in range(tutors):
        for who in ("tutor", "other_tutor"):
            profile(world, 5 + number, who)
            hour(world, datetime(2026, 3, 5 + number, 9 + number, tzinfo=MOSCOW), who=who)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        found = loads_of(world.own.pk, months_from(MARCH, 3), MOSCOW)
    assert len(asked) == 1
    assert [one.first.month for one in found[person(world, "tutor").pk]] == [3, 4, 5]


def test_the_page_of_the_coordinator_and_the_tutors_own(world: World, as_: Any) -> None:
    profile(world, 4)
    start = given(ago=60).start
    hour(world, start, minutes=30)
    address = f"{reverse('consultations:load')}?month={timezone.localdate(start):%Y-%m}"
    shown = as_("coordinator").get(address).content.decode()
    own = as_("tutor").get(address).content.decode()
    foreign = as_("foreign_coordinator").get(address).content.decode()
    name, other = person(world, "tutor").short_name, person(world, "other_tutor").short_name
    assert "осталось 3\xa0ч\xa030\xa0мин" in shown
    assert name in shown
    assert other in shown
    assert other not in own
    assert name not in foreign
    for wrong in ("2026-13", "x", "0001-01", "9999-12"):
        assert as_("tutor").get(f"{reverse('consultations:load')}?month={wrong}").status_code == 200


def test_a_tutor_reads_it_beside_the_hours_and_before_answering(world: World, as_: Any) -> None:
    profile(world, 2)
    assert own_loads(actor(world, "tutor"))[0][1].endswith("2\xa0ч из 2\xa0ч")
    assert own_loads(actor(world, "other_tutor")) == []
    assert "останется" in as_("tutor").get(reverse("consultations:hour_list")).content.decode()


def test_the_board_says_it_and_puts_who_has_no_hours_last(world: World, as_: Any) -> None:
    row = own_request(world)
    for who, hours in (("tutor", 1), ("other_tutor", 9)):
        profile(world, hours, who)
    hour(world, timezone.localtime().replace(day=1, hour=0, minute=0), minutes=60)
    page = as_("coordinator").get(f"{reverse('consultations:request_board')}?request={row.pk}").content.decode()
    names = [person(world, who).short_name for who in ("other_tutor", "tutor")]
    assert page.index(names[0]) < page.index(names[1])
    assert "останется 0\xa0ч из 1\xa0ч" in page
    assert "останется 9\xa0ч из 9\xa0ч" in page


def test_hours_in_words() -> None:
    assert [in_hours(one) for one in (0, 30, 60, 90)] == ["0\xa0ч", "30\xa0мин", "1\xa0ч", "1\xa0ч\xa030\xa0мин"]


def test_a_wish_says_what_would_be_left(world: World, as_: Any) -> None:
    """The months that would be over, else the one in which least is left."""
    tutors = {person(world, who).pk: who for who in ("tutor", "other_tutor")}
    profile(world, 2)
    profile(world, 50, "other_tutor")
    start = datetime(2026, 3, 2, 15, tzinfo=MOSCOW)
    days = [start + timedelta(days=later) for later in (0, 7, 40)]
    dates = [(day.date(), Interval(day, day + timedelta(minutes=90))) for day in days]
    [tight, wide] = load_sentences(world.own.pk, tutors, dates, MOSCOW)
    assert tight == "tutor – март: сверх нагрузки 1\xa0ч (в месяц 2\xa0ч)"
    assert wide == "other_tutor – март: останется 47\xa0ч из 50\xa0ч"
    assert load_sentences(world.own.pk, tutors, [], MOSCOW) == []

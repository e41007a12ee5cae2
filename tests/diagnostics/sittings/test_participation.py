"""Numbers of a campaign, counted by the database, are those of its people one by one."""

from typing import Any

import pytest

from tests.diagnostics.campaign_factories import (
    make_campaign,
    make_instrument,
    make_item,
    make_participant,
    make_sitting,
)
from tests.factories import make_centre, make_school
from traektoria.diagnostics.campaigns.enums import Reached
from traektoria.diagnostics.sittings.enums import SittingState
from traektoria.diagnostics.sittings.queries.participation import (
    Counts,
    by_part,
    by_school,
    counts_of,
    total_of,
    with_progress,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]
STATES = (*SittingState.values, Reached.AGREED, Reached.BEGUN, Reached.FINISHED)


def test_schools_and_works_add_up_to_the_people(django_assert_num_queries: Any) -> None:
    centre = make_centre()
    schools = [make_school(centre, name) for name in ("СОШ № 1", "СОШ № 2")]
    instruments = [make_instrument(centre, [make_item(centre)]) for _number in range(2)]
    campaign = make_campaign(centre, instruments)
    for number, state in enumerate(STATES):
        one = make_participant(campaign, school=schools[number % 2])
        for part in campaign.parts.all():
            known = state if state in SittingState.values else SittingState.NEW
            make_sitting(one, part=part, state=known)
        if state not in SittingState.values:
            type(one).objects.filter(pk=one.pk).update(reached=state)
    people = campaign.participants.all()
    with django_assert_num_queries(1):
        lines = by_school(campaign)
    assert [line.name for line in lines] == ["СОШ № 1", "СОШ № 2"]
    for line, school in zip(lines, schools, strict=True):
        assert line.counts == counts_of(people.filter(school=school))
    assert total_of(lines) == counts_of(people)
    rows = list(with_progress(people))
    assert total_of(lines).finished == sum(row.has_finished for row in rows) > 0
    assert total_of([]) == Counts()
    with django_assert_num_queries(1):
        parts = by_part(campaign)
    assert [(part.invited, part.begun) for part in parts] == [(len(STATES), sum(row.has_begun for row in rows))] * 2

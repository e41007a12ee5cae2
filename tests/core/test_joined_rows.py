"""What is read by a statement of our own are the same objects as Django's, with every column, for far fewer calls."""

from collections.abc import Callable
from cProfile import Profile
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, connections, models, transaction
from django.db.models.signals import post_save
from django.utils import timezone

from tests.diagnostics.campaign_factories import (
    make_campaign,
    make_instrument,
    make_item,
    make_participant,
    make_sitting,
)
from tests.factories import make_centre
from traektoria.core.joined_rows import Columns, Joined, RowWriter
from traektoria.core.models import AuditEvent, Submission
from traektoria.diagnostics.campaigns.models import Participant
from traektoria.diagnostics.sittings.enums import SittingState
from traektoria.diagnostics.sittings.models import Sitting
from traektoria.organisations.models import Regulation

pytestmark = [pytest.mark.django_db, pytest.mark.database]
PATHS = ("participant__consent", "participant__campaign__centre__municipality", "part__version__instrument")
WHOLE = Joined(Sitting, *PATHS)


@pytest.fixture
def sitting() -> Sitting:
    centre = make_centre()
    campaign = make_campaign(centre, [make_instrument(centre, [make_item(centre)])])
    return make_sitting(make_participant(campaign), seconds=7, tab="«a» 1%")


def _columns(row: models.Model) -> dict[str, Any]:
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return {name: (type(value), value) for name, value in values.items()}


def _calls(read: Callable[[], object]) -> int:
    read()
    profile = Profile()
    profile.enable()
    read()
    profile.disable()
    return sum(entry.callcount for entry in profile.getstats())


def test_every_column_of_every_row_is_as_django_reads_it(sitting: Sitting, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        found = WHOLE.get(sitting.pk)
        rows = [found, found.part, found.part.version, found.part.version.instrument, found.participant]
        rows += [found.participant.consent, found.participant.campaign, found.participant.campaign.centre]
        rows.append(found.participant.campaign.centre.municipality)
    for row in rows:
        assert _columns(row) == _columns(type(row)._default_manager.get(pk=row.pk))
        assert row._state.adding is False


def test_what_is_not_there_is_none(sitting: Sitting) -> None:
    Participant.objects.filter(pk=sitting.participant_id).update(consent=None)
    (found,) = Joined(Participant, "consent").find("t.id = %s", sitting.participant_id)
    assert found.consent is None


def test_get_says_that_there_is_no_such_row(sitting: Sitting) -> None:
    with pytest.raises(Sitting.DoesNotExist):
        WHOLE.get(sitting.pk + 1)


def test_a_condition_takes_its_values_as_parameters(sitting: Sitting) -> None:
    assert WHOLE.find("t.tab = %s", "' OR 1=1 --") == []
    assert WHOLE.find("t.tab = %s AND participant.id = %s", sitting.tab, sitting.participant_id) == [sitting]


def test_lock_is_the_databases_own(sitting: Sitting) -> None:
    statements: list[str] = []

    def noted(execute: Any, sql: str, *rest: Any) -> Any:
        statements.append(sql)
        return execute(sql, *rest)

    with transaction.atomic(), connection.execute_wrapper(noted):
        assert WHOLE.get(sitting.pk, lock=True) == sitting
    assert ("FOR NO KEY UPDATE OF t" in statements[-1]) == connection.features.has_select_for_no_key_update


def test_it_costs_a_fifth_of_a_query_that_is_built_anew(sitting: Sitting) -> None:
    built = _calls(lambda: Sitting.objects.select_related(*PATHS).get(pk=sitting.pk))
    assert _calls(lambda: WHOLE.get(sitting.pk)) * 5 < built


def test_a_row_is_written_as_django_writes_it(django_assert_num_queries: Any) -> None:
    facts = {"event": "test.«a» 1%", "object_kind": "core.test", "object_id": 7, "facts": {"kind": "«b»"}}
    with django_assert_num_queries(1):
        row = RowWriter(AuditEvent).insert(AuditEvent(**facts))
    assert row._state.adding is False
    kept = AuditEvent.objects.get(pk=row.pk)
    assert _columns(kept) == _columns(row)
    assert (kept.actor_id, kept.facts) == (None, {"kind": "«b»"})


def test_only_the_named_columns_are_changed(django_assert_num_queries: Any) -> None:
    row = RowWriter(Submission).insert(Submission(mark="a", body="b"))
    row.status, row.location, row.body = 302, "/«there»/?a=1%", "not written"
    with django_assert_num_queries(1):
        RowWriter(Submission).update(row, "status", "location")
    kept = Submission.objects.get(mark="a")
    assert (kept.status, kept.location, kept.body, kept.at) == (302, "/«there»/?a=1%", "b", row.at)


def test_a_change_is_heard_where_that_is_asked_for() -> None:
    row, heard = RowWriter(Submission).insert(Submission(mark="c", body="d")), []

    def hear(instance: Any, created: bool, update_fields: frozenset[str], **_facts: Any) -> None:
        heard.append((instance, created, update_fields))

    post_save.connect(hear, sender=Submission)
    try:
        RowWriter(Submission).update(row, "status")
        RowWriter(Submission).update(row, "status", heard=True)
    finally:
        post_save.disconnect(hear, sender=Submission)
    assert heard == [(row, False, frozenset({"status"}))]


def test_a_moment_that_sets_itself_is_set() -> None:
    """``save(update_fields=["updated_at"])`` writes the moment of now, and so does this."""
    before = timezone.now() - timedelta(days=1)
    regulations = Regulation.objects.filter(centre=make_centre())
    regulations.update(updated_at=before)
    row = regulations.get()
    RowWriter(Regulation).update(row, "updated_at")
    assert row.updated_at > before
    assert regulations.get().updated_at == row.updated_at


def test_a_row_that_is_gone_is_not_written_in_silence() -> None:
    row, heard = RowWriter(Submission).insert(Submission(mark="e", body="f")), []
    Submission.objects.all().delete()

    def hear(instance: Any, **_facts: Any) -> None:
        heard.append(instance)

    post_save.connect(hear, sender=Submission)
    try:
        with pytest.raises(DatabaseError):
            RowWriter(Submission).update(row, "status", heard=True)
    finally:
        post_save.disconnect(hear, sender=Submission)
    assert heard == []


def test_a_row_is_sent_as_its_fields_say_it(sitting: Sitting) -> None:
    """Words, numbers, days, moments, JSON, a member of an enumeration, nothing."""
    campaign = sitting.participant.campaign
    odd = Sitting(participant=sitting.participant, state=SittingState.PAUSED, running_since=timezone.now())
    event = AuditEvent(at=timezone.now(), event="a", facts={"b": [None, 1]})
    for row in (sitting, odd, sitting.participant, campaign, campaign.centre, campaign.centre.municipality, event):
        fields = [field for field in row._meta.concrete_fields if not getattr(field, "auto_now_add", False)]
        said = [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields]
        assert list(map(str, Columns(fields).of(row, connections["default"]))) == list(map(str, said))

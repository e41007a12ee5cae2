"""The whole demo, built once for this module: every state occurs, every moment lies where people can believe it."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import time, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.demo.copied import lay_demo
from tests.once import folder_of_the_run
from tests.thoroughness import rounds
from tests.waiting import lines_for, what_differs
from traektoria.core.models import AuditEvent, Engagement, Waiting
from traektoria.demo.actions import BACKEND
from traektoria.demo.cast import CAST
from traektoria.diagnostics.models import Hypothesis
from traektoria.diagnostics.problem_field.enums import HypothesisState, Origin, Strength
from traektoria.organisations import zones
from traektoria.people.actor import actor_of
from traektoria.people.models import Account
from traektoria.planning.models import Audit
from traektoria.results.models import Dataset, DatasetKind
from traektoria.routes.models import (
    Agreement,
    DeficitOutcome,
    ItemComment,
    ItemEvidence,
    LearningRequest,
    LearningRoute,
    ReflectionEntry,
    RouteItem,
    SupportMember,
    TutorSupport,
)
from traektoria.routes.route.enums import ItemState, RouteState
from traektoria.routes.tutees.enums import SupportKind, SupportState

pytestmark = [pytest.mark.slow, pytest.mark.database, pytest.mark.django_db]
BUDGET = 22_400  # statements, 2 000 of them a year of past events, 1 000 tutorials; 21 seconds on two quiet cores


@pytest.fixture(scope="module")
def statements(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[int]:
    """The demo of today and what it asked of the database; rolled back after the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield lay_demo(folder_of_the_run(tmp_path_factory)).statements
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _built(statements: int) -> None:
    """Every test here looks at the built demo."""


def _person(login: str) -> Any:
    return Account.objects.get(username=login).person


def test_demo_is_built_in_few_statements(statements: int) -> None:
    assert statements < BUDGET


def test_a_second_run_does_nothing_and_is_quick() -> None:
    before = AuditEvent.objects.count()
    with CaptureQueriesContext(connection) as queries:
        call_command("demo", "--if-empty")
    assert len(queries) == 1
    assert AuditEvent.objects.count() == before


def test_without_if_empty_real_data_are_not_touched() -> None:
    with pytest.raises(CommandError):
        call_command("demo")


def test_everybody_of_the_cast_is_there() -> None:
    assert Account.objects.filter(username__in=[part.login for part in CAST]).count() == len(CAST)


def test_every_kind_of_results_is_imported() -> None:
    assert set(Dataset.objects.values_list("kind", flat=True)) == set(DatasetKind.values)
    answers = Dataset.objects.filter(kind=DatasetKind.ANSWERS)
    assert answers.count() == 4
    assert all(dataset.path.is_dir() and dataset.dirt for dataset in answers)


def test_hypotheses_are_in_every_state_and_of_every_origin() -> None:
    assert set(Hypothesis.objects.values_list("state", flat=True)) == set(HypothesisState.values)
    assert set(Hypothesis.objects.values_list("origin", flat=True)) == set(Origin.values)
    found = set(Hypothesis.objects.filter(origin=Origin.RESULTS).values_list("strength", flat=True))
    assert found == {Strength.QUESTION, Strength.MODERATE}
    asked = Hypothesis.objects.filter(person=_person("uchitel1"), state=HypothesisState.PROPOSED)
    assert {row.strength for row in asked} == {Strength.QUESTION}
    supposed = Hypothesis.objects.filter(person=_person("uchitel61"), state=HypothesisState.PROPOSED)
    assert Strength.MODERATE in {row.strength for row in supposed}


def test_few_teachers_have_a_supposition_and_not_all_have_a_question() -> None:
    """Weak are the classes that were made weak: the rest does not light up by chance."""
    rows = Hypothesis.objects.filter(origin=Origin.RESULTS)
    assert rows.exclude(strength=Strength.QUESTION).values("person").distinct().count() <= 3
    assert rows.values("person").distinct().count() <= 50


def test_supports_are_in_every_state() -> None:
    assert set(TutorSupport.objects.values_list("state", flat=True)) == set(SupportState.values)
    assert set(TutorSupport.objects.values_list("kind", flat=True)) == set(SupportKind.values)
    assert SupportMember.objects.filter(consented_at=None, declined_at=None).exists()
    assert SupportMember.objects.filter(declined_at__isnull=False).exists()
    assert LearningRequest.objects.exists()


def test_routes_and_items_are_in_every_state() -> None:
    assert set(LearningRoute.objects.values_list("state", flat=True)) == set(RouteState.values)
    assert {ItemState.PLANNED, ItemState.DOING, ItemState.DONE} <= set(
        RouteItem.objects.values_list("state", flat=True)
    )


def test_versions_and_agreements_are_in_every_state() -> None:
    running = LearningRoute.objects.filter(state=RouteState.RUNNING)
    assert running.filter(pending_version__gt=1).count() == 2, "a correction and an extension wait"
    assert running.filter(correction__isnull=False, pending_version=None).exists(), "a correction is open"
    assert running.filter(version=2, pending_version=None).exists(), "a correction is agreed"
    assert LearningRoute.objects.filter(state=RouteState.PROPOSED, head_agrees=True).exists(), "the head is asked"
    assert Agreement.objects.filter(agreed=False).exists(), "a route is returned"
    assert DeficitOutcome.objects.values("outcome").distinct().count() >= 3


def test_work_leaves_its_traces() -> None:
    assert ItemEvidence.objects.exclude(file="").exists()
    assert ItemEvidence.objects.exclude(link="").exists()
    assert ItemComment.objects.count() >= 3
    assert ReflectionEntry.objects.filter(shared_at=None).exists()
    assert ReflectionEntry.objects.filter(shared_at__isnull=False).exists()


def test_something_is_late_something_is_today_something_is_soon() -> None:
    today = timezone.localdate()
    mine = RouteItem.objects.filter(route__support__members__person=_person("uchitel2"))
    still = mine.filter(state__in=[ItemState.PLANNED, ItemState.DOING])
    assert still.filter(deadline__lt=today).exists()
    assert still.filter(deadline=today).exists()
    assert still.filter(deadline__gt=today, deadline__lte=today + timedelta(days=7)).exists()


def test_history_lies_in_the_past_and_in_order() -> None:
    now = timezone.now()
    for model, field in (
        (TutorSupport, "created_at"),
        (SupportMember, "consented_at"),
        (RouteItem, "done_at"),
        (Agreement, "created_at"),
        (Hypothesis, "decided_at"),
    ):
        assert not model._default_manager.filter(**{f"{field}__gt": now}).exists(), model
    route = LearningRoute.objects.get(support__members__person=_person("uchitel2"))
    trail = AuditEvent.objects.filter(object_kind="routes.learningroute", object_id=route.pk)
    assert next(event.event for event in trail.order_by("at", "pk")) == "route.draft"
    assert route.in_force_since is not None
    assert route.support.tutor_consented_at is not None
    assert route.support.tutor_consented_at < route.in_force_since


def test_no_act_is_signed_before_its_audit() -> None:
    signed = Audit.objects.filter(state="signed").select_related("centre__municipality")
    assert len(signed) > 1
    for one in signed:
        assert one.signed_at is not None
        at = one.signed_at.astimezone(zones.zone(one.centre.municipality.time_zone))
        assert (one.day, one.start or time()) < (at.date(), at.time()), one.title


def test_what_waits_is_what_the_rooms_say() -> None:
    """The acts of the story wrote it, and nothing else did."""
    assert Waiting.objects.count() > 200
    assert Engagement.objects.count() > 20
    assert what_differs() == []


@pytest.mark.once
def test_what_waits_for_a_person_may_be_opened_by_them() -> None:
    """Of every kind of line one, and up to three in ``make thorough``, each by another person."""
    tried: Counter[str] = Counter()
    for account in Account.objects.exclude(person=None).order_by("pk"):
        actor = actor_of(account)
        with timezone.override(actor.zone):
            lines = {re.sub(r"[\d«№].*", "", line.what): line for line in lines_for(actor)}
        wanted = [kind for kind in lines if tried[kind] < rounds(1, 3)]
        tried.update(wanted)
        client = Client()
        if wanted:
            client.force_login(account, backend=BACKEND)
        for line in map(lines.__getitem__, wanted):
            assert client.get(line.url).status_code == 200, (account.username, line)
    assert len(tried) > 20

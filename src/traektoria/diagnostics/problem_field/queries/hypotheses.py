"""What may be read: the teacher's own hypotheses and those of the teachers whom a tutor supports. Nobody else's."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from traektoria.core.joined_rows import Joined
from traektoria.core.models import AuditEvent
from traektoria.diagnostics.campaigns.models import Participant
from traektoria.diagnostics.problem_field.models import Hypothesis
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import Actor, in_force
from traektoria.people.models import Person, RoleAssignment
from traektoria.people.supported_people import open_to
from traektoria.results.models import Dataset, DatasetKind, DatasetQuerySet, DatasetSchool
from traektoria.results.queries import UNKNOWN

RETOLD = timedelta(days=14)
"""For how long «My day» says that a recount has changed something."""
RULE = 3
"""Of the rule for results, as the audit says by which one was proposed: files of an earlier one are offered again."""

SHOWN = ("person", "dataset", "decided_by", "sitting__participant__campaign", "sitting__part__version__instrument")
OWN = Joined(Hypothesis, *SHOWN)


def visible_to(actor: Actor) -> QuerySet[Hypothesis]:
    """Hypotheses of the actor, and those that a support opens. Heads, coordinators and administrators see none."""
    return Hypothesis.objects.filter(open_to(actor)).select_related(*SHOWN)


def field_of(actor: Actor, person_id: int | None) -> QuerySet[Hypothesis]:
    """The problem field of one person, as far as the actor may see it."""
    return visible_to(actor).filter(person=person_id).order_by("pk")


def own_field(actor: Actor) -> list[Hypothesis]:
    """The actor's own problem field: the same as ``field_of`` of oneself, which nothing but the name decides."""
    return OWN.find("t.person_id = %s", actor.person_id, order="t.id")


def centres_of(person: Person, actor: Actor) -> QuerySet[TutorCentre]:
    """The centre to which both the actor and the person belong: at most one, the first."""
    roles = RoleAssignment.objects.filter(in_force(timezone.localdate()), person=person, centre__in=actor.centre_ids)
    return TutorCentre.objects.filter(pk__in=roles.order_by("pk").values("centre")[:1])


def proposed_before() -> QuerySet[Dataset]:
    """Datasets that readers see and from which something was proposed, in every centre: the newest of a work last."""
    done = AuditEvent.objects.filter(event="hypothesis.propose", object_kind="results.dataset").values("object_id")
    rows = Dataset.objects.shown().filter(kind=DatasetKind.ANSWERS, pk__in=done)
    return rows.select_related("centre").order_by("centre", "subject", "year", "pk")


def to_propose(rows: DatasetQuerySet) -> DatasetQuerySet:
    """Datasets from which nothing was proposed yet, or by an earlier rule only. While a school of the file waits for a
    word whether it is ours, or none is, that is asked first."""
    proposed = AuditEvent.objects.filter(event="hypothesis.propose", object_kind="results.dataset")
    done = proposed.filter(facts__rule=RULE).values("object_id")
    schools = DatasetSchool.objects.filter(dataset=OuterRef("pk"))
    ours, asked = schools.filter(school__isnull=False), schools.filter(**UNKNOWN)
    usable = (Exists(ours) & ~Exists(asked)) | ~Exists(schools)
    return rows.shown().filter(usable, kind=DatasetKind.ANSWERS).exclude(pk__in=done)


def suppositions_from(participant: Participant) -> dict[tuple[int, str], Hypothesis]:
    """What has been proposed or taken from the campaign, by sitting and topic."""
    rows = Hypothesis.objects.filter(sitting__participant=participant)
    return {(row.sitting_id, row.topic): row for row in rows if row.sitting_id}

"""What diagnostics keeps about a teacher waits for the tutors whose support opens it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from traektoria.core.registries import DeskGroup, Wait, Waited, WaitingKind, WaitingSource, Watch, Words
from traektoria.core.typography import local_day
from traektoria.core.waiting import waits
from traektoria.diagnostics.models import Hypothesis, Protocol
from traektoria.diagnostics.problem_field.enums import HypothesisState
from traektoria.diagnostics.problem_field.queries.hypotheses import RETOLD
from traektoria.diagnostics.problem_field.waiting import recount_words, recounted
from traektoria.diagnostics.protocols.enums import ProtocolState
from traektoria.diagnostics.protocols.waiting import facts_of, worded
from traektoria.people import addressees
from traektoria.people.enums import Role, Subject
from traektoria.routes.tutees.enums import SupportState
from traektoria.routes.tutees.models import SupportMember, TutorSupport

TALK = "routes.talk"
TOLD_ANEW = "routes.recount"
FINISH = "routes.protocol"
_SUPPORT = frozenset({"state", "tutor", "tutor_consented_at", "subject"})


class _Tutors:
    """Who supports whom now, of these persons: by person, in which centre and subject."""

    def __init__(self, people: Iterable[int]) -> None:
        rows = SupportMember.objects.filter(
            person__in=set(people),
            consented_at__isnull=False,
            support__state=SupportState.ACTIVE,
            support__tutor_consented_at__isnull=False,
        )
        self.held: dict[tuple[int, int], list[tuple[int, str]]] = defaultdict(list)
        for person, centre, tutor, subject in rows.values_list(
            "person", "support__centre", "support__tutor", "support__subject"
        ):
            self.held[person, centre].append((tutor, subject))

    def of(self, person: int, centre: int, subject: str) -> set[int]:
        """As ``tutees.queries.covers`` has it."""
        held = self.held[person, centre]
        return {tutor for tutor, mine in held if not subject or mine in (subject, Subject.PRIMARY)} - {person}


def talks(hypotheses: QuerySet[Hypothesis]) -> Iterator[Wait]:
    """What teachers want to talk over, and what a recount has changed. Four queries."""
    told = recounted(hypotheses)
    rows = list(hypotheses.values_list("pk", "person", "centre", "subject", "state"))
    tutors = _Tutors(row[1] for row in rows if row[4] == HypothesisState.DISCUSSED or row[0] in told)
    for pk, person, centre, subject, state in rows:
        for tutor in tutors.of(person, centre, subject):
            to, facts = addressees.holder(Role.TUTOR, centre, tutor), {"person": person}
            if state == HypothesisState.DISCUSSED:
                yield Wait(TALK, to, pk, centre, facts=facts)
            if pk in told:
                until = local_day(told[pk] + RETOLD)
                yield Wait(TOLD_ANEW, to, pk, centre, facts=facts, since=told[pk], shows_until=until)


def talk(row: Waited) -> Words:
    """The field of the first is opened."""
    what = ngettext(
        "%(n)s supposition to talk over with a teacher", "%(n)s suppositions to talk over with teachers", row.number
    )
    return Words(what % {"n": row.number}, _("the teacher asks for it before deciding"), _field(row), _("Open"))


def told_anew(row: Waited) -> Words:
    who = _("nothing needs to be done; what was confirmed stays")
    return Words(recount_words(row.number), who, _field(row), _("Look"))


def _field(row: Waited) -> str:
    return reverse("diagnostics:person_field", args=[row.facts["person"]])


def drafts(protocols: QuerySet[Protocol]) -> Iterator[Wait]:
    """Drafts about teachers whom their author still supports. Two queries."""
    rows = list(protocols.filter(state=ProtocolState.DRAFT).select_related("version__instrument"))
    tutors = _Tutors(row.person_id for row in rows)
    for row in rows:
        if row.author_id in tutors.of(row.person_id, row.centre_id, row.version.instrument.subject):
            to = addressees.holder(Role.TUTOR, row.centre_id, row.author_id)
            yield Wait(FINISH, to, row.pk, row.centre_id, about_id=row.person_id, facts=facts_of(row))


def finish(row: Waited) -> Words:
    return worded(row, _("Finish and share: %(title)s, %(day)s"), _("Open"))


def _of_support(model: type[Any]) -> tuple[Watch, ...]:
    """Rows about the people of a support that begins, ends or is another's now."""

    def of(people: Iterable[int]) -> QuerySet[Any, Any]:
        rows: QuerySet[Any, Any] = model._default_manager.filter(person__in=people).values_list("pk", flat=True)
        return rows

    return (
        Watch(
            TutorSupport,
            lambda support: of(list(SupportMember.objects.filter(support=support.pk).values_list("person", flat=True))),
            _SUPPORT,
        ),
        Watch(SupportMember, lambda member: of([member.person_id]), frozenset({"consented_at", "person", "support"})),
    )


waits(
    WaitingSource(
        slug="routes.talks",
        order=34,
        model=Hypothesis,
        rows=talks,
        kinds=(
            WaitingKind(TALK, 34, DeskGroup.SOON, talk, sums=True),
            WaitingKind(TOLD_ANEW, 35, DeskGroup.SOON, told_anew, sums=True),
        ),
        watches=_of_support(Hypothesis),
    )
)
waits(
    WaitingSource(
        slug="routes.protocols",
        order=38,
        model=Protocol,
        rows=drafts,
        kinds=(WaitingKind(FINISH, 38, DeskGroup.SOON, finish),),
        watches=_of_support(Protocol),
    )
)

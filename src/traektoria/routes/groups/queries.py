"""Suggested groups and their invitations.

Nobody but the teacher learns that they have a confirmed deficit: a group is shown by its topics, without names and
without its size; who was invited and who declined is shown to nobody; who accepted is shown to the coordinator.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.utils.crypto import salted_hmac

from traektoria.core import school_year
from traektoria.core.text import search_key, squash
from traektoria.diagnostics.campaigns.queries.campaigns import teachers_of_centre
from traektoria.diagnostics.models import Hypothesis
from traektoria.diagnostics.problem_field.enums import HypothesisState
from traektoria.engines.deficits import Group, GroupRule, Learner
from traektoria.engines.deficits.process_apart import suggest_groups_apart
from traektoria.organisations.models import TutorCentre
from traektoria.organisations.queries import regulation_in_force
from traektoria.organisations.regulations.contents import rules_of
from traektoria.organisations.regulations.diagnostics_rules import DiagnosticsRules
from traektoria.people.actor import Actor
from traektoria.people.enums import Role, Subject
from traektoria.routes.groups.models import GroupCall, GroupInvitation
from traektoria.routes.tutees.enums import SupportKind, SupportState
from traektoria.routes.tutees.models import SupportMember

WEIGHTS = {"strong": 0.9, "moderate": 0.7, "weak": 0.5, "question": 0.5, "": 0.8}
"""How much a confirmed deficit weighs by its strength; a person's own word has none and weighs like a clear one."""


@dataclass(frozen=True)
class Suggestion:
    """A group as it may be shown: ``topics`` common to most, ``whole`` those common to all; ``people`` stay inside."""

    key: str
    subject: str
    topics: tuple[str, ...]
    shared_by_all: int
    coverage: float
    people: tuple[int, ...]

    @property
    def subject_label(self) -> str:
        return str(Subject(self.subject).label)


@dataclass(frozen=True)
class Suggested:
    """``few``: subjects with groups that are not shown, for so few teach them that people could be guessed."""

    groups: tuple[Suggestion, ...]
    few: tuple[str, ...]
    rules: DiagnosticsRules


def suggested(centre: TutorCentre) -> Suggested:
    """From all confirmed deficits of the centre's teachers. About ten queries, whatever the number of people."""
    rules = rules_of(regulation_in_force(centre.pk)).diagnostics
    teachers = teachers_of_centre(centre.pk)
    taught: dict[str, int] = defaultdict(int)
    for teacher in teachers:
        for subject in teacher.subjects:
            taught[subject] += 1
    learners, names = _learners(centre, {teacher.person_id for teacher in teachers})
    found = suggest_groups_apart(learners, GroupRule(rules.group_least, rules.group_most)).groups
    shown = [group for group in found if taught[group.subject] >= rules.picture_least]
    few = {group.subject for group in found} - {group.subject for group in shown}
    return Suggested(
        tuple(_suggestion(centre, group, names) for group in shown),
        tuple(str(Subject(subject).label) for subject in sorted(few)),
        rules,
    )


def _learners(centre: TutorCentre, people: set[int]) -> tuple[list[Learner], dict[str, str]]:
    """Who could be invited, with topics by their search keys; and how each topic was written first."""
    rows = Hypothesis.objects.filter(centre=centre, state=HypothesisState.CONFIRMED, person__in=people)
    busy = _busy(centre)
    topics: dict[tuple[int, str], dict[str, float]] = defaultdict(dict)
    names: dict[str, str] = {}
    for row in rows.exclude(subject="").order_by("pk"):
        if (row.person_id, row.subject) not in busy:
            key = search_key(squash(row.topic))
            names.setdefault(key, squash(row.topic))
            own = topics[row.person_id, row.subject]
            own[key] = max(own.get(key, 0.0), _weight(row))
    return [Learner(str(person), "", subject, own) for (person, subject), own in topics.items()], names


def _weight(row: Hypothesis) -> float:
    probability = row.evidence.get("probability")
    return max(0.01, probability / 100) if probability else WEIGHTS[row.strength]


def _busy(centre: TutorCentre) -> set[tuple[int, str]]:
    """(person, subject) of those invited this school year, whatever they answered, and of members of groups."""
    since = school_year.first_moment(school_year.this_year())
    asked = GroupInvitation.objects.filter(call__centre=centre, call__created_at__gte=since)
    members = SupportMember.objects.filter(
        support__centre=centre, support__kind=SupportKind.GROUP, declined_at__isnull=True,
        support__state__in=[SupportState.PROPOSED, SupportState.ACTIVE],
    )  # fmt: skip
    return {*asked.values_list("person", "call__subject"), *members.values_list("person", "support__subject")}


def _suggestion(centre: TutorCentre, group: Group, names: dict[str, str]) -> Suggestion:
    topics = tuple(names[topic.topic] for topic in group.topics)
    return Suggestion(
        _seal(centre.pk, group), group.subject, topics, group.shared_by_all, group.coverage,
        tuple(int(person) for person in group.people),
    )  # fmt: skip


def _seal(centre_id: int, group: Group) -> str:
    """Says nothing of the people, and changes with them."""
    parts: Iterable[str] = (str(centre_id), group.subject, *group.people, *(topic.topic for topic in group.topics))
    return salted_hmac("routes.groups", "\n".join(parts), algorithm="sha256").hexdigest()


def calls_kept_by(actor: Actor) -> QuerySet[GroupCall]:
    """Invitations of the coordinator's centres, with those who accepted."""
    accepted = GroupInvitation.objects.filter(accepted_at__isnull=False).select_related("person")
    rows = GroupCall.objects.filter(centre__in=actor.centres(Role.COORDINATOR)).select_related("need", "centre")
    return rows.prefetch_related(Prefetch("invitations", accepted.order_by("person__sort_name"), to_attr="accepted"))


def invitations_of(actor: Actor) -> QuerySet[GroupInvitation]:
    """The teacher's own."""
    rows = GroupInvitation.objects.filter(person=actor.person_id) if actor.person_id else GroupInvitation.objects.none()
    return rows.select_related("call__centre", "call__need")

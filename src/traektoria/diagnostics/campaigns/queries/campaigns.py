"""Campaigns of a coordinator: which, whom they can invite, what stands in the way of opening."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from traektoria.core.joined_rows import Joined, marks
from traektoria.core.paging import Page, cut, window
from traektoria.diagnostics.campaigns.enums import CampaignState
from traektoria.diagnostics.campaigns.models import Campaign, CampaignPart, Participant
from traektoria.diagnostics.campaigns.policies.parts import SAT, suits
from traektoria.diagnostics.instruments.enums import VersionState
from traektoria.diagnostics.instruments.models import FormItem, Instrument, InstrumentVersion
from traektoria.diagnostics.instruments.queries.instruments import standing
from traektoria.diagnostics.items.kinds.registry import MARKED_BY_PEOPLE
from traektoria.engines.days import years_later
from traektoria.people.actor import Actor, in_force
from traektoria.people.enums import HEADS, Role, Subject
from traektoria.people.models import Employment, Person, RoleAssignment

NOVICE = 3
"""«A young specialist» has taught for fewer years."""


@dataclass(frozen=True)
class Candidate:
    """A teacher of the centre's schools today. ``novice``: less than three years of teaching, where that is known."""

    person_id: int
    name: str
    school_id: int
    school: str
    subjects: frozenset[str]
    novice: bool

    @property
    def subject_labels(self) -> list[str]:
        return [str(label) for slug, label in Subject.choices if slug in self.subjects]


_KEPT = Joined(Campaign, "centre__municipality", "follows")
_LISTED = Joined(Campaign, invited="SELECT COUNT(*) FROM diagnostics_participant p WHERE p.campaign_id = t.id")
_PARTS = Joined(
    CampaignPart,
    "version__instrument",
    markers_number="SELECT COUNT(*) FROM diagnostics_campaignpart_markers m WHERE m.campaignpart_id = t.id",
    is_judged=(
        "SELECT COUNT(*) FROM diagnostics_formitem f JOIN diagnostics_itemversion n ON n.id = f.item_version_id "
        "JOIN diagnostics_bankitem b ON b.id = n.item_id WHERE f.version_id = t.version_id AND b.kind = 'extended'"
    ),
)


def kept_campaign(actor: Actor, pk: int) -> Campaign:
    """One of ``campaigns_kept_by``, by its columns; raises ``DoesNotExist``. One query."""
    found = _KEPT.get(pk)
    if not actor.has(found.centre_id, Role.COORDINATOR):
        raise Campaign.DoesNotExist
    return found


def campaigns_kept_by(actor: Actor) -> QuerySet[Campaign]:
    """All campaigns of the coordinator's centres."""
    return Campaign.objects.filter(centre__in=actor.centres(Role.COORDINATOR)).select_related("centre", "follows")


def page_of_kept(actor: Actor, asked: str | None) -> Page[Campaign]:
    """They, the newest first, each with ``invited``: how many people. One query."""
    centres = sorted(actor.centres(Role.COORDINATOR))
    if not centres:
        return cut([], asked)
    kept = f"t.centre_id IN ({marks(centres)})"
    return cut(_LISTED.find(kept, *centres, order="t.start DESC, t.id DESC", of=window(asked)), asked)


def parts_of(campaign: Campaign) -> list[CampaignPart]:
    """Parts with their instruments and what ``with_marking`` counts. One query."""
    return _PARTS.find("t.campaign_id = %s", campaign.pk, order="t.position, t.id")


def with_marking(parts: QuerySet[CampaignPart]) -> QuerySet[CampaignPart]:
    """Each with its instrument, ``markers_number``, and whether people judge an answer (``is_judged``)."""
    judged = FormItem.objects.filter(version=OuterRef("version"), item_version__item__kind__in=MARKED_BY_PEOPLE)
    rows = parts.select_related("version__instrument")
    return rows.annotate(markers_number=Count("markers"), is_judged=Exists(judged))


def versions_to_sit(centre_id: int) -> QuerySet[InstrumentVersion]:
    """The newest published version of each work and questionnaire of the centre."""
    newer = InstrumentVersion.objects.filter(
        instrument=OuterRef("instrument"), state=VersionState.PUBLISHED, number__gt=OuterRef("number")
    )
    rows = InstrumentVersion.objects.filter(
        ~Exists(newer),
        state=VersionState.PUBLISHED,
        instrument__centre=centre_id,
        instrument__kind__in=SAT,
        instrument__archived=False,
    )
    return rows.select_related("instrument").order_by("instrument__kind", "instrument__title", "pk")


def teachers_of_centre(centre_id: int, today: date | None = None) -> list[Candidate]:
    """Teachers in force with their school and subjects, by school and name. Somebody who left is not among them.
    Two queries."""
    day = today or timezone.localdate()
    roles = RoleAssignment.objects.filter(in_force(day), role=Role.TEACHER, centre=centre_id)
    subjects, novices = _taught(roles.values("person"), day)
    found: dict[int, Candidate] = {}
    for row in roles.select_related("person", "school").order_by("school__sort_name", "person__sort_name", "pk"):
        key = row.person_id
        if row.school and key not in found:
            name, school = row.person.full_name, row.school
            found[key] = Candidate(key, name, school.pk, school.name, subjects[key], key in novices)
    return list(found.values())


def _taught(people: object, day: date) -> tuple[dict[int, frozenset[str]], set[int]]:
    """Subjects by person, and who has taught for less than three years by every place that knows it."""
    subjects: dict[int, frozenset[str]] = defaultdict(frozenset)
    since: dict[int, date] = {}
    work = Employment.objects.filter(in_force(day), person__in=people)  # type: ignore[misc]
    for person, taught, begun in work.values_list("person", "subjects", "experience_from"):
        subjects[person] |= frozenset(taught)
        if begun:
            since[person] = min(begun, since.get(person, begun))
    return subjects, {person for person, begun in since.items() if begun > years_later(day, -NOVICE)}


def invitable(campaign: Campaign, parts: Collection[CampaignPart] | None = None) -> list[Candidate]:
    """Teachers whom a part of the campaign suits (while it has none yet, all of them)."""
    wanted = [part.version.instrument.subject for part in (parts_of(campaign) if parts is None else parts)]
    people = teachers_of_centre(campaign.centre_id)
    return [one for one in people if not wanted or any(suits(subject, one.subjects) for subject in wanted)]


def campaigns_before(campaign: Campaign) -> Iterator[Campaign]:
    """The campaign that this one measures again, the one before it, and so on. One query each."""
    seen = {campaign.pk}
    before = campaign.follows
    while before is not None and before.pk not in seen:
        seen.add(before.pk)
        yield before
        before = before.follows


def turns_of(campaign: Campaign) -> dict[int, int]:
    """How often each instrument was sat in the campaigns before this one, by its id."""
    before = [one.pk for one in campaigns_before(campaign)]
    rows = CampaignPart.objects.filter(campaign__in=before).order_by().values("version__instrument")
    counts = rows.annotate(n=Count("campaign", distinct=True)).values_list("version__instrument", "n")
    return dict(counts) if before else {}


def invited(campaign: Campaign) -> QuerySet[Participant]:
    """Participants by school and name."""
    rows = campaign.participants.select_related("person", "school")
    return rows.order_by("school__sort_name", "person__sort_name", "pk")


def unfinished(campaign: Campaign) -> QuerySet[Participant]:
    """Who may be reminded: has neither finished nor declined."""
    open_sitting = Q(sittings__state__in=("new", "running", "paused"))
    return campaign.participants.filter(open_sitting, declined_at__isnull=True).distinct()


def tutors_of_centre(centre_id: int) -> QuerySet[Person]:
    """Tutors in force: who may mark."""
    roles = RoleAssignment.objects.filter(in_force(timezone.localdate()), role=Role.TUTOR, centre=centre_id)
    return Person.objects.filter(pk__in=roles.values("person")).order_by("sort_name", "pk")


def campaigns_seen_from_schools(actor: Actor) -> QuerySet[Campaign]:
    """Campaigns, open or closed, in which teachers of the head's schools were invited, in the centre of the office."""
    own = Participant.objects.filter(own_school(actor), campaign=OuterRef("pk"))
    return Campaign.objects.exclude(state=CampaignState.DRAFT).filter(Exists(own)).select_related("centre")


def of_own_school(actor: Actor, campaign: Campaign) -> QuerySet[Participant]:
    """The invited teachers of the schools that the actor heads."""
    return Participant.objects.filter(own_school(actor), campaign=campaign)


def own_school(actor: Actor) -> Q:
    """Heads see their school in the centre where they hold the office."""
    condition = Q(pk__in=[])
    for grant in actor.grants:
        if grant.role in HEADS:
            condition |= Q(school=grant.school_id, campaign__centre=grant.centre_id)
    return condition


def parts_read_by(actor: Actor) -> QuerySet[CampaignPart]:
    """Parts of the campaigns that the coordinator keeps."""
    kept = campaigns_kept_by(actor).values("pk")
    rows = CampaignPart.objects.filter(campaign__in=kept)
    return rows.select_related("campaign__centre", "version__instrument", "analysis")


def parts_using(instrument: Instrument) -> QuerySet[CampaignPart]:
    """Parts of campaigns that are sat by one of the versions, the newest first."""
    rows = CampaignPart.objects.filter(version__instrument=instrument).select_related("campaign", "version")
    return rows.order_by("-campaign__start", "-pk")


def is_counted(part: CampaignPart) -> bool:
    """Figures of the part were made."""
    return CampaignPart.objects.filter(pk=part.pk, analysis__isnull=False).exists()


def pictures_of_parts(actor: Actor) -> Iterator[Q]:
    """A marker sees the tasks of the parts that they mark."""
    if actor.person_id:
        yield Q(Exists(standing().filter(version__parts__markers=actor.person_id)))

"""How a campaign goes, without anybody's answers: numbers by school and part, who has finished and who has not.

Who declined is nobody's business: they stand among those who have not finished, in every list; and whoever withdraws
stays where they stood, so that no list and no number tells of it the next day. Besides who has finished, whom the
lists name, numbers are said in whole tens, for the same reason. Bounded queries.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from traektoria.core.figures import figure, in_tens, percent
from traektoria.core.joined_rows import numbers, rows_of
from traektoria.diagnostics.campaigns.enums import Reached
from traektoria.diagnostics.campaigns.models import Campaign, Participant
from traektoria.diagnostics.sittings.enums import UNFINISHED, SittingState
from traektoria.diagnostics.sittings.models import Sitting
from traektoria.diagnostics.sittings.workflow import OVER
from traektoria.engines.disclosure import MINIMUM

"""With fewer who have not finished, the number of refusals would tell about one of them."""
BEGUN = (Reached.BEGUN, Reached.FINISHED)


@dataclass(frozen=True)
class Counts:
    """People. ``finished`` have nothing left to sit; of the others see ``tens``."""

    invited: int = 0
    consented: int = 0
    begun: int = 0
    finished: int = 0

    @property
    def consented_words(self) -> str:
        return tens(self.consented, self.invited)

    @property
    def begun_words(self) -> str:
        return tens(self.begun, self.invited)

    @property
    def share(self) -> str:
        """«40 %» of the invited have finished."""
        return percent(100 * self.finished / self.invited if self.invited else None, 0)


@dataclass(frozen=True)
class SchoolLine:
    """One school of the table."""

    name: str
    counts: Counts


@dataclass(frozen=True)
class PartLine:
    """One work of the table: people who got it, began it, and are through with it."""

    title: str
    invited: int
    begun: int
    over: int

    @property
    def begun_words(self) -> str:
        return tens(self.begun, self.invited)

    @property
    def over_words(self) -> str:
        return tens(self.over, self.invited)


def tens(number: int, whole: int) -> str:
    """«20 и больше»: two looks differ by ten people or not at all. «All» where everybody is meant."""
    if number == whole:
        return figure(whole)
    return in_tens(number) or _("fewer than %(n)s") % {"n": MINIMUM}


def with_progress(people: QuerySet[Participant]) -> QuerySet[Any]:
    """Participants, each with ``has_begun`` and ``has_finished``."""
    own = Sitting.objects.filter(participant=OuterRef("pk"))
    begun, waiting = own.exclude(state=SittingState.NEW), own.filter(state__in=UNFINISHED)
    return people.annotate(
        has_begun=Q(Exists(begun)) | Q(reached__in=BEGUN),
        has_finished=Q(Exists(begun) & ~Exists(waiting)) | Q(reached=Reached.FINISHED),
    )


def reached_by(participant: Participant) -> str:
    """How far the lists say the person is, before a withdrawal. One query."""
    row = with_progress(Participant.objects.filter(pk=participant.pk)).get()
    if row.has_finished:
        return Reached.FINISHED
    return Reached.BEGUN if row.has_begun else Reached.AGREED


def counts_of(people: QuerySet[Participant]) -> Counts:
    """One query."""
    found = with_progress(people).order_by().aggregate(**_NUMBERS)
    return Counts(**found)


def total_of(lines: Iterable[SchoolLine]) -> Counts:
    """Of all schools together."""
    found = [line.counts for line in lines]
    return Counts(*(sum(getattr(one, field.name) for one in found) for field in fields(Counts)))


def by_school(campaign: Campaign) -> list[SchoolLine]:
    """One query."""
    return [SchoolLine(name or "", Counts(*numbers)) for name, *numbers in rows_of(_BY_SCHOOL, campaign.pk)]


def by_part(campaign: Campaign) -> list[PartLine]:
    """One query."""
    return [PartLine(*row) for row in rows_of(_BY_PART, campaign.pk)]


def declined_number(campaign: Campaign, counts: Counts) -> int | None:
    """How many declined; None where the number would say it of somebody."""
    left = counts.invited - counts.finished
    if left < MINIMUM:
        return None
    number = numbers(_DECLINED, campaign.pk)[0]
    return number if 2 * number <= left else None


def listed(people: QuerySet[Participant]) -> QuerySet[Any]:
    """By school and name, with ``has_finished``; nothing tells a refusal from a delay."""
    rows = with_progress(people).select_related("person", "school")
    return rows.order_by("school__sort_name", "person__sort_name", "pk")


_NUMBERS: dict[str, Any] = {
    "invited": Count("pk"),
    "consented": Count("pk", filter=Q(consent__isnull=False) | ~Q(reached="")),
    "begun": Count("pk", filter=Q(has_begun=True)),
    "finished": Count("pk", filter=Q(has_finished=True)),
}


def _among(values: Iterable[str]) -> str:
    """Values of ours in a statement."""
    return "(" + ", ".join([f"'{value}'" for value in values]) + ")"


_DECLINED = "SELECT COUNT(*) FROM diagnostics_participant WHERE campaign_id = %s AND declined_at IS NOT NULL"
_SAT = "EXISTS (SELECT 1 FROM diagnostics_sitting x WHERE x.participant_id = t.id AND x.state"
_HAS_BEGUN = f"{_SAT} <> '{SittingState.NEW}')"
_BY_SCHOOL = f"""
    SELECT s.name, COUNT(*),
        COUNT(CASE WHEN t.consent_id IS NOT NULL OR t.reached <> '' THEN 1 END),
        COUNT(CASE WHEN {_HAS_BEGUN} OR t.reached IN {_among(BEGUN)} THEN 1 END),
        COUNT(CASE WHEN ({_HAS_BEGUN} AND NOT {_SAT} IN {_among(UNFINISHED)})) OR t.reached = '{Reached.FINISHED}'
            THEN 1 END)
    FROM diagnostics_participant t LEFT JOIN organisations_school s ON s.id = t.school_id
    WHERE t.campaign_id = %s GROUP BY s.sort_name, s.name ORDER BY s.sort_name
"""  # noqa: S608 - names of ours
"""As ``with_progress`` tells it of each (a test compares them)."""
_BY_PART = f"""
    SELECT i.title, COUNT(x.id),
        COUNT(CASE WHEN x.state <> '{SittingState.NEW}' OR p.reached IN {_among(BEGUN)} THEN 1 END),
        COUNT(CASE WHEN x.state IN {_among(OVER)} OR p.reached = '{Reached.FINISHED}' THEN 1 END)
    FROM diagnostics_campaignpart t
    JOIN diagnostics_instrumentversion v ON v.id = t.version_id
    JOIN diagnostics_instrument i ON i.id = v.instrument_id
    LEFT JOIN diagnostics_sitting x ON x.part_id = t.id
    LEFT JOIN diagnostics_participant p ON p.id = x.participant_id
    WHERE t.campaign_id = %s GROUP BY t.id, t.position, i.title ORDER BY t.position, t.id
"""  # noqa: S608 - names of ours

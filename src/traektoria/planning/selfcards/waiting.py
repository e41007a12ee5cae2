"""What cards lay on people's desks: to read what a school shared; to fill one in before an audit comes."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core import school_year
from traektoria.core.registries import DeskGroup, Wait, Waited, WaitingKind, WaitingSource, Watch, Words
from traektoria.core.waiting import waits
from traektoria.people import addressees
from traektoria.people.enums import Role
from traektoria.planning.audits.enums import AuditState
from traektoria.planning.audits.kinds import kinds_of
from traektoria.planning.audits.models import Audit
from traektoria.planning.selfcards.enums import CardState
from traektoria.planning.selfcards.models import SelfCard

LOOK, FILL = "planning.card", "planning.card_wanted"


def rows(cards: QuerySet[SelfCard]) -> Iterator[Wait]:
    """Shared ones that nobody of the centre has read. One query."""
    for card in cards.filter(state=CardState.SHARED, read_at=None).select_related("school"):
        to = addressees.of_centre(Role.COORDINATOR, card.centre_id)
        yield Wait(LOOK, to, card, card.centre_id, facts={"school": card.school.name})


def before_audits(audits: QuerySet[Audit]) -> Iterator[Wait]:
    """Audits that come to a school which has shared no card of the kind this school year. A query for each centre, and
    two."""
    own: dict[int, set[str]] = {}
    for audit in audits.filter(state=AuditState.PLANNED).select_related("school"):
        if audit.centre_id not in own:
            own[audit.centre_id] = {one.slug for one in kinds_of(audit.centre_id).values() if one.own_card}
        if audit.kind in own[audit.centre_id] and not _shared(audit):
            to = addressees.heads_of(audit.centre_id, audit.school_id)
            facts = {"school": audit.school.name}
            yield Wait(FILL, to, audit, audit.centre_id, facts=facts, due=audit.day)


def _shared(audit: Audit) -> bool:
    since = school_year.first_moment(school_year.year_of(audit.day))
    rows = SelfCard.objects.filter(centre=audit.centre_id, school=audit.school_id, kind=audit.kind)
    return rows.filter(state=CardState.SHARED, shared_at__gte=since).exists()


def _audits_of(card: SelfCard) -> list[int]:
    found = Audit.objects.filter(centre=card.centre_id, school=card.school_id, kind=card.kind)
    return list(found.filter(state=AuditState.PLANNED).values_list("pk", flat=True))


def look(row: Waited) -> Words:
    page = reverse("planning:card_detail", args=[row.object_id])
    return Words(_("Read the self-analysis card"), row.facts["school"], page, _("Read"))


def fill(row: Waited) -> Words:
    page = reverse("planning:card_list")
    return Words(_("Fill in the self-analysis card before the audit"), row.facts["school"], page, _("Fill in"))


waits(
    WaitingSource(
        slug="planning.cards",
        order=20,
        model=SelfCard,
        rows=rows,
        kinds=(WaitingKind(LOOK, 20, DeskGroup.SOON, look),),
    )
)
waits(
    WaitingSource(
        slug="planning.cards_wanted",
        order=21,
        model=Audit,
        rows=before_audits,
        kinds=(
            WaitingKind(
                FILL, 21, DeskGroup.SOON, fill, letter=gettext_lazy("A self-analysis card is wanted before an audit")
            ),
        ),
        watches=(Watch(SelfCard, _audits_of, frozenset({"state"})),),
    )
)

"""The centre has read a shared card, and says what is not clear in it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core import audit as journal
from traektoria.core.errors import Invalid
from traektoria.people.actor import Actor, acting
from traektoria.planning.audits.content import criteria_of, sections_of
from traektoria.planning.selfcards.actions.filling import locked_card
from traektoria.planning.selfcards.letters import tell_remarked
from traektoria.planning.selfcards.models import CardRemark, SelfCard
from traektoria.planning.selfcards.permissions import check_remark
from traektoria.planning.selfcards.policies import check_shared


@transaction.atomic
def read_card(*, card: SelfCard, by: Actor) -> SelfCard:
    """A second press writes nothing. Side effect: audit."""
    row = locked_card(card)
    check_remark(by, row)
    check_shared(row)
    if row.read_at is None:
        row.read_at, row.read_by_id = timezone.now(), acting(by)
        row.save(update_fields=["read_at", "read_by"])
        journal.record("self_card.read", row, by=by, school=row.school_id)
    return row


@transaction.atomic
def remark_on(*, card: SelfCard, criterion: int | None, words: str, by: Actor) -> CardRemark:
    """Whoever remarks has read it. The same words of the same person again write nothing. Side effects: audit, a
    message to the heads of the school. Raises ``Invalid``."""
    row = read_card(card=card, by=by)
    words = words.strip()
    if not words:
        raise Invalid(_("Write what is not clear."), code="no_words")
    if criterion is not None and criterion not in criteria_of(sections_of(row.version.sections)):
        raise Invalid(_("This criterion is not in the card."), code="no_such_criterion")
    same = row.remarks.filter(criterion=criterion, words=words, by=acting(by)).first()
    if same is not None:
        return same
    made = CardRemark.objects.create(card=row, criterion=criterion, words=words, by_id=acting(by))
    journal.record("self_card.remark", row, by=by, school=row.school_id)
    tell_remarked(row)
    return made

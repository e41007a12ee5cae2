"""The school begins a version, writes it, shares it with the centre, or throws the draft away."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core import audit as journal
from traektoria.core.errors import Conflict, Invalid
from traektoria.core.shared_forms import ChangedMeanwhile, stamp
from traektoria.organisations.models import School, TutorCentre
from traektoria.people.actor import Actor, acting
from traektoria.planning.audits.actions.checklists import usable_version
from traektoria.planning.audits.content import criteria_of, sections_of
from traektoria.planning.audits.enums import Verdict
from traektoria.planning.audits.kinds import kinds_of
from traektoria.planning.audits.queries.schools import schools_of
from traektoria.planning.selfcards.enums import OWN, CardState
from traektoria.planning.selfcards.letters import tell_shared
from traektoria.planning.selfcards.models import SelfCard
from traektoria.planning.selfcards.permissions import check_own
from traektoria.planning.selfcards.policies import check_draft, check_whole


@transaction.atomic
def begin_card(*, centre: TutorCentre, school: School, kind: str, by: Actor) -> SelfCard:
    """A draft by the newest edition of the checklist, empty: nothing is answered beforehand. The one that is there
    already is found. Side effect: audit. Raises ``Invalid``."""
    check_own(by, centre.pk, school.pk)
    found = kinds_of(centre.pk).get(kind)
    if found is None or not found.own_card or not schools_of(centre).filter(pk=school.pk).exists():
        raise Invalid(_("By the regulation of the centre schools fill in no such card."), code="no_such_card")
    version = usable_version(centre_id=centre.pk, kind=kind)
    if version is None:
        raise Invalid(_("There is no checklist for this card yet: the coordinator writes it."), code="no_checklist")
    School.objects.select_for_update(no_key=True).get(pk=school.pk)
    rows = SelfCard.objects.filter(centre=centre, school=school, kind=kind)
    last = rows.first()
    if last is not None and last.is_draft:
        return last
    number = last.number + 1 if last else 1
    row = SelfCard.objects.create(
        centre=centre, school=school, kind=kind, version=version, number=number, by_id=acting(by)
    )
    journal.record("self_card.begin", row, by=by, school=school.pk, kind=kind)
    return row


@transaction.atomic
def save_card(*, card: SelfCard, answers: Mapping[int, tuple[str, str]], seen: str, by: Actor) -> SelfCard:
    """(verdict or nothing, note) by criterion. ``seen`` marks what the page showed. Raises ``ChangedMeanwhile``."""
    row = locked_card(card)
    check_own(by, row.centre_id, row.school_id)
    check_draft(row)
    there = criteria_of(sections_of(row.version.sections))
    said = {
        str(number): {"verdict": verdict if verdict in OWN else "", "note": note.strip()}
        for number, (verdict, note) in answers.items()
        if number in there and (verdict or note.strip())
    }
    if said == row.answers:
        return row
    if seen != stamp(row.answers):
        raise ChangedMeanwhile(stamp(row.answers))
    row.answers, row.by_id = said, acting(by)
    row.save(update_fields=["answers", "by", "changed_at"])
    return row


@transaction.atomic
def share_card(*, card: SelfCard, by: Actor) -> SelfCard:
    """The centre reads it from now on, and nobody changes it. A second press does nothing. Side effects: audit, a
    message to the coordinators. Raises ``Invalid`` where something is not said."""
    row = locked_card(card)
    check_own(by, row.centre_id, row.school_id)
    if not row.is_draft:
        return row
    there = criteria_of(sections_of(row.version.sections))
    said = {number: row.answers.get(str(number), {}) for number in there}
    check_whole(
        sum(not one.get("verdict") for one in said.values()),
        (
            there[number].title
            for number, one in said.items()
            if one.get("verdict") == Verdict.NOT_APPLICABLE and not one.get("note")
        ),
    )
    row.state, row.shared_at = CardState.SHARED, timezone.now()
    row.save(update_fields=["state", "shared_at", "changed_at"])
    journal.record("self_card.share", row, by=by, school=row.school_id, number=row.number)
    tell_shared(row)
    return row


@transaction.atomic
def drop_card(*, card: SelfCard, by: Actor) -> None:
    """A draft goes with what was written. Side effect: audit."""
    row = SelfCard.objects.select_for_update(no_key=True).filter(pk=card.pk).first()
    if row is None:
        return
    check_own(by, row.centre_id, row.school_id)
    check_draft(row)
    journal.record("self_card.drop", row, by=by, school=row.school_id, number=row.number)
    row.delete()


def locked_card(card: SelfCard) -> SelfCard:
    """Raises ``Conflict`` where the draft went meanwhile."""
    rows = SelfCard.objects.select_for_update(of=("self",), no_key=True)
    row = rows.select_related("version", "school", "centre__municipality").filter(pk=card.pk).first()
    if row is None:
        raise Conflict(_("This draft was thrown away meanwhile."), code="gone")
    return row

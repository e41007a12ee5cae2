"""Handing answers out to markers, taking their points, asking a third one where two disagree.

Markers are blind to names and to each other. Whoever is handed an answer never wrote it, and as far as possible does
not work at the school of its author; everybody gets about as many.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core import audit, waiting
from traektoria.core.errors import Conflict
from traektoria.diagnostics.campaigns.models import Campaign, CampaignPart, Uncounted
from traektoria.diagnostics.campaigns.permissions import check_keeps_campaign
from traektoria.diagnostics.campaigns.queries.campaigns import is_counted, tutors_of_centre
from traektoria.diagnostics.instruments.settings import settings_from
from traektoria.diagnostics.items.content import extended_of
from traektoria.diagnostics.items.kinds.extended import Extended
from traektoria.diagnostics.marking.models import Marking
from traektoria.diagnostics.marking.permissions import check_marks
from traektoria.diagnostics.marking.policies import clean_points, disagree, together
from traektoria.diagnostics.marking.queries import answers_to_hand_out, parts_with_marks
from traektoria.diagnostics.sittings.models import Answer, Sitting
from traektoria.people.actor import Actor, in_force
from traektoria.people.models import Employment, Person

BATCH = 500


@transaction.atomic
def hand_out_answers(*, campaign: Campaign, by: Actor | None) -> int:
    """Hand out what is not handed out yet, of every part; ``by`` is None for the system at the closing.

    Can be repeated: late answers and new markers are taken in, who is no marker any more loses what they have not
    marked. Returns how many answers found a marker.
    """
    if by is not None:
        check_keeps_campaign(by, campaign)
    row = Campaign.objects.select_for_update(of=("self",), no_key=True).get(pk=campaign.pk)
    given = sum(_hand_out(part) for part in parts_with_marks(row))
    if given:
        audit.record("campaign.hand_out", row, by=by, answers=given)
    return given


@transaction.atomic
def give_points(
    *, marking: Marking, points: Mapping[str, Decimal | None], note: str = "", done: bool = True, by: Actor
) -> Marking:
    """Keep the points of one marker; with ``done`` they count. Points can be changed until a third marker is asked or
    the figures are made. Raises ``Invalid`` for points that can't be given, ``Conflict`` when it is too late.
    """
    answer = Answer.objects.select_for_update(of=("self",), no_key=True).filter(pk=marking.answer_id).first()
    if answer is None:
        raise Conflict(_("The author has taken the answer back: nothing is left to mark here."), code="withdrawn")
    check_marks(by, marking)
    row = Marking.objects.select_for_update(of=("self",), no_key=True).get(pk=marking.pk)
    _still_open(row, answer)
    content = extended_of(answer.form_item.item_version.content)
    row.points = clean_points(content, points, partial=not done)
    row.note = note
    if done and row.done_at is None:
        row.done_at = timezone.now()
        audit.record("marking.done", row, by=by, centre_id=answer.sitting.part.campaign.centre_id, third=row.third)
    row.save(update_fields=["points", "note", "done_at"])
    if row.done_at is not None:
        before = answer.score
        _settle(answer, content)
        if answer.score != before:
            Uncounted.objects.create(campaign_id=answer.sitting.part.campaign_id)
    return row


@transaction.atomic
def change_markers(*, part: CampaignPart, markers: Iterable[Person], by: Actor) -> None:
    """Add markers or take them off until everything is marked and counted, and hand the answers out anew.

    What a marker has done stays. Raises ``Conflict`` when nothing waits for marks any more.
    """
    check_keeps_campaign(by, part.campaign)
    row = Campaign.objects.select_for_update(of=("self",), no_key=True).get(pk=part.campaign_id)
    if not can_change_markers(part):
        raise Conflict(_("The figures have been made: the markers stay as they are."), code="analysed")
    part.markers.set(markers)
    audit.record("campaign.change_markers", row, by=by, part=part.pk)
    hand_out_answers(campaign=row, by=by)


def take_off_marker(person_id: int, by: Actor | None) -> None:
    """Who is no tutor of the centre any longer marks nothing: what they have not marked goes to the others, or waits
    for the coordinator where nobody is left (registered as ``Farewell``)."""
    parts = CampaignPart.objects.filter(markers=person_id).select_related("campaign").order_by("pk")
    for part in parts:
        if tutors_of_centre(part.campaign.centre_id).filter(pk=person_id).exists() or not can_change_markers(part):
            continue
        row = Campaign.objects.select_for_update(of=("self",), no_key=True).get(pk=part.campaign_id)
        part.markers.remove(person_id)
        audit.record("campaign.change_markers", row, by=by, part=part.pk)
        _hand_out(part)


def take_back(*, sittings: Iterable[Sitting], **_: Any) -> None:
    """The works go on: their answers are nobody's to mark until they are over again."""
    Marking.objects.filter(answer__sitting__in=[one.pk for one in sittings]).delete()


def can_change_markers(part: CampaignPart) -> bool:
    """Until the figures are made, and also after it while answers wait for marks."""
    return not is_counted(part) or answers_to_hand_out(part).filter(score__isnull=True).exists()


def _still_open(row: Marking, answer: Answer) -> None:
    third = answer.markings.filter(third=True).exclude(pk=row.pk)
    if row.done_at is not None and third.exists():
        raise Conflict(_("A third marker has been asked: the points stand as you gave them."), code="third_asked")
    if row.done_at is not None and is_counted(answer.sitting.part):
        raise Conflict(_("The figures have been made: the points stand as you gave them."), code="analysed")


def _settle(answer: Answer, content: Extended) -> None:
    """Points of the answer, as soon as the marks that are needed are there."""
    rows = list(answer.markings.order_by("pk"))
    third = next((row for row in rows if row.third), None)
    done = [row for row in rows if not row.third and row.done_at]
    answer.score = None
    if third is not None and third.done_at:
        answer.score = together(content, [third.points])
    elif len(done) >= _needed(answer.sitting.part) and third is None:
        if len(done) > 1 and disagree(content, done[0].points, done[1].points):
            _ask_third(answer)
        else:
            answer.score = together(content, [row.points for row in done])
    answer.save(update_fields=["score"])


def _needed(part: CampaignPart) -> int:
    return settings_from(part.version.settings).markers


def _ask_third(answer: Answer) -> None:
    """Somebody who is not one of the two; where nobody is left, the answer waits and the coordinator sees it."""
    deal = _Deal(answer.sitting.part)
    taken = set(answer.markings.values_list("marker", flat=True))
    chosen = deal.choose(answer, taken)
    if chosen is not None:
        Marking.objects.create(answer=answer, marker_id=chosen, third=True)


def _hand_out(part: CampaignPart) -> int:
    """Answers of one part that got a marker now. Answers are locked before their marks, as who marks locks them."""
    list(answers_to_hand_out(part).select_for_update(of=("self",), no_key=True).order_by("pk").values_list("pk"))
    Marking.objects.filter(answer__sitting__part=part, done_at__isnull=True).exclude(
        marker__in=part.markers.values("pk")
    ).delete()
    deal, needed, new = _Deal(part), _needed(part), []
    answers = answers_to_hand_out(part).filter(score__isnull=True).select_related("sitting__participant")
    for answer in answers.prefetch_related("markings").order_by("pk"):
        rows = list(answer.markings.all())
        taken, regular = {row.marker_id for row in rows}, sum(not row.third for row in rows)
        for _place in range(needed - regular):
            chosen = deal.choose(answer, taken)
            if chosen is not None:
                taken.add(chosen)
                new.append(Marking(answer=answer, marker_id=chosen))
    Marking.objects.bulk_create(new, batch_size=BATCH)
    waiting.renew_keys(Marking, Marking.objects.filter(answer__sitting__part=part).values_list("pk", flat=True))
    _ask_thirds(part)
    return len({row.answer_id for row in new})


def _ask_thirds(part: CampaignPart) -> None:
    """Two disagreed, and nobody was left to ask then (or the third one was taken off): now somebody may be."""
    done = Count("markings", filter=Q(markings__third=False, markings__done_at__isnull=False))
    rows = answers_to_hand_out(part).filter(score__isnull=True).annotate(done=done).filter(done__gte=_needed(part))
    for pk in rows.order_by("pk").values_list("pk", flat=True):
        answer = Answer.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
        _settle(answer, extended_of(answer.form_item.item_version.content))


class _Deal:
    """Markers of a part with what each already has: the least loaded comes first, those of the own school last."""

    def __init__(self, part: CampaignPart) -> None:
        self.markers = list(part.markers.order_by("pk").values_list("pk", flat=True))
        rows = Marking.objects.filter(answer__sitting__part=part).values_list("marker", flat=True)
        self.loads: Counter[int] = Counter(rows)
        self.schools = _schools(self.markers)

    def choose(self, answer: Answer, taken: Iterable[int]) -> int | None:
        participant = answer.sitting.participant
        free = [one for one in self.markers if one != participant.person_id and one not in set(taken)]
        if not free:
            return None
        chosen = min(free, key=lambda one: (participant.school_id in self.schools[one], self.loads[one], one))
        self.loads[chosen] += 1
        return chosen


def _schools(markers: list[int]) -> dict[int, set[int | None]]:
    """Schools where each marker works today. One query."""
    found: dict[int, set[int | None]] = {one: set() for one in markers}
    rows = Employment.objects.filter(in_force(timezone.localdate()), person__in=markers)
    for person, school in rows.values_list("person", "school"):
        found[person].add(school)
    return found

"""The clauses about requests for consultations and the booking of hours, in the section of the forms of work."""

from django.utils.translation import gettext as _

from traektoria.organisations.regulations.consultation_rules import CancelBy, ConsultingRules
from traektoria.organisations.regulations.sentences import ClauseText


def consulting_clauses(rules: ConsultingRules) -> list[ClauseText]:
    """Answers, then how an hour of help is booked, given back and waited for."""
    return [
        _answers(rules),
        ClauseText("booking", _booking(rules)),
        ClauseText("booking_limits", _limits(rules)),
        ClauseText("cancelling", _cancelling(rules)),
        ClauseText("waiting_list", _waiting(rules)),
    ]


def _answers(rules: ConsultingRules) -> ClauseText:
    hours = {"hours": rules.answer_hours, "urgent": rules.urgent_hours}
    text = _(
        "A request for a consultation is answered within %(hours)s hours, an urgent one within %(urgent)s hours; hours "
        "of working days count."
    )
    return ClauseText("answers", text % hours)


def _booking(rules: ConsultingRules) -> str:
    text = _(
        "Hours of help can be booked %(days)s days ahead and no later than %(notice)s hours before they begin; a "
        "meeting lasts %(minutes)s minutes where the Hour itself says nothing else."
    )
    return text % {"days": rules.window_days, "notice": rules.notice_hours, "minutes": rules.slot_minutes}


def _limits(rules: ConsultingRules) -> str:
    """Each limit that there is, in a sentence."""
    said = []
    if rules.most_a_person:
        said.append(_("A teacher books at most %(most)s meetings a month.") % {"most": rules.most_a_person})
    if rules.most_a_school:
        said.append(_("A school books at most %(most)s meetings a month.") % {"most": rules.most_a_school})
    if rules.absences:
        text = _("Who did not come %(times)s times within 90 days books through the coordinator.")
        said.append(text % {"times": rules.absences})
    return " ".join(said) or _("The number of bookings is not limited.")


def _cancelling(rules: ConsultingRules) -> str:
    whose = {
        CancelBy.PERSON: _("A booking is cancelled by who has booked"),
        CancelBy.PERSON_OR_SCHOOL: _("A booking is cancelled by who has booked, or by the head of their school"),
    }[rules.cancel_by]
    until = _("%(who)s, no later than %(hours)s hours before the meeting; later they ask the tutor.")
    return until % {"who": whose, "hours": rules.cancel_hours}


def _waiting(rules: ConsultingRules) -> str:
    if not rules.waiting_list:
        return _("There is no waiting list.")
    text = _("A place that is given back is offered to the next in the waiting list and kept for %(hours)s hours.")
    return text % {"hours": rules.offer_hours}

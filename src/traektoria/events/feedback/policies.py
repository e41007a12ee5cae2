"""Who may say how an event was, and when; when it is told."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from traektoria.core.errors import Conflict, Refused, twin
from traektoria.events.attendance.policies import came, ended_at
from traektoria.events.enrolment.policies import event_rules
from traektoria.events.event.enums import STANDS
from traektoria.events.event.models import Event
from traektoria.events.event.permissions import can_lead
from traektoria.people.actor import Actor


def closes_at(event: Event) -> datetime | None:
    """Until when one answers, and from when on it is told; None where nothing is asked."""
    end, days = ended_at(event), event_rules(event).feedback_days
    return end + timedelta(days=days) if end and days and event.state in STANDS and not event.pupils_only else None


def is_told(event: Event, now: datetime) -> bool:
    closes = closes_at(event)
    return closes is not None and closes <= now


def check_time(event: Event, now: datetime) -> None:
    end, closes = ended_at(event), closes_at(event)
    if end is None or closes is None:
        raise Conflict(_("Nothing is asked after this event."), code="no_feedback")
    if now < end:
        raise Conflict(_("How it was is said after the last meeting."), code="not_over")
    if now >= closes:
        raise Conflict(_("The term is over: answers are gathered and told without names."), code="term_over")


def check_came(actor: Actor, event: Event) -> None:
    """Who reads what is told is no guest: knowing the own answer they would know more of the others'. One query."""
    if can_lead(actor, event):
        raise Refused(_("You will read the answers, so you are not asked."), code="reads")
    if not came(actor, event):
        raise Refused(_("How it was is said by those who came."), code="did_not_come")


is_time = twin(check_time)

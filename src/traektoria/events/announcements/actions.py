"""An outer event is announced, the announcement is changed and withdrawn."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.consultations.requests.policies import check_reason
from traektoria.core import audit
from traektoria.core.errors import Conflict, Invalid
from traektoria.events.announcements.models import Announcement
from traektoria.events.announcements.permissions import check_keep
from traektoria.events.event.facts import kinds_of, words_of
from traektoria.events.event.permissions import check_begin
from traektoria.organisations.models import TutorCentre
from traektoria.organisations.queries import regulation_in_force
from traektoria.organisations.regulations.contents import rules_of
from traektoria.people.actor import Actor, acting


@dataclass(frozen=True)
class AnnouncementFacts:
    kind: str
    title: str
    source: str
    deadline: date
    link: str = ""
    level: str = "regional"
    subjects: tuple[str, ...] = ()
    for_whom: str = ""
    held: str = ""
    about: str = ""


PLAIN = ("title", "source", "deadline", "link", "level", "for_whom", "held", "about")


@transaction.atomic
def announce_outer(*, centre: TutorCentre, facts: AnnouncementFacts, by: Actor) -> Announcement:
    """The centre reads it until its deadline. Side effects: audit."""
    check_begin(by, centre.pk)
    if facts.deadline < timezone.localdate():
        raise Invalid(_("This day is over: choose one that is to come."), code="past")
    row = Announcement(centre=centre, author_id=acting(by))
    _write(row, facts)
    row.save()
    audit.record("announcement.make", row, by=by)
    return row


@transaction.atomic
def edit_announcement(*, row: Announcement, facts: AnnouncementFacts, by: Actor) -> Announcement:
    """Side effects: audit."""
    found = _locked(row)
    check_keep(by, found)
    if found.withdrawn_at is not None:
        raise Conflict(_("This announcement is withdrawn: it can only be read."), code="withdrawn")
    _write(found, facts)
    found.save()
    audit.record("announcement.edit", found, by=by)
    return found


@transaction.atomic
def withdraw_announcement(*, row: Announcement, reason: str, by: Actor) -> Announcement:
    """It is shown as withdrawn, with the reason. Twice is once. Side effects: audit."""
    why = check_reason(reason)
    found = _locked(row)
    check_keep(by, found)
    if found.withdrawn_at is None:
        found.withdrawn_at, found.why = timezone.now(), why
        found.save(update_fields=["withdrawn_at", "why"])
        audit.record("announcement.withdraw", found, by=by)
    return found


def _locked(row: Announcement) -> Announcement:
    rows = Announcement.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("centre").get(pk=row.pk)


def _write(row: Announcement, facts: AnnouncementFacts) -> None:
    kinds = kinds_of(rules_of(regulation_in_force(row.centre_id)), also=row.kind)
    kind = kinds.get(facts.kind)
    if kind is None:
        raise Invalid(_("The regulation of the centre has no such kind of event."), code="no_such_kind")
    row.kind, row.kind_name, row.subjects = kind.slug, kind.title, words_of(facts.subjects)
    for name in PLAIN:
        setattr(row, name, getattr(facts, name))

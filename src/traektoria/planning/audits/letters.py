"""Auditors and heads are told once: when an audit comes, that an act is signed, that the school has answered, that its
findings are closed. What was found is in no letter."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.typography import short_day
from traektoria.messaging.enums import UnsentReason
from traektoria.messaging.kinds import MessageKind, Reader, Told, Withheld, kinds
from traektoria.messaging.models import Message
from traektoria.messaging.outbox import Post, post_change, post_many
from traektoria.planning.audits.models import Audit
from traektoria.planning.audits.permissions import hears_of
from traektoria.planning.audits.queries.people import coordinators_of, heads_of

PLANNED: Final = "planning.audit_planned"
SIGNED: Final = "planning.audit_signed"
REPLIED: Final = "planning.audit_replied"
CLOSED: Final = "planning.finding_closed"


def tell_planned(audit: Audit) -> None:
    people = {*audit.auditors.values_list("person_id", flat=True), *heads_of(audit.centre_id, audit.school_id)}
    post_many(PLANNED, [_post(audit, one) for one in sorted(people - {audit.planned_by_id})])


def tell_begun(audit: Audit) -> None:
    """A visit that was not planned: the coordinators hear of it too."""
    people = {*coordinators_of(audit.centre_id), *heads_of(audit.centre_id, audit.school_id)}
    post_many(PLANNED, [_post(audit, one) for one in sorted(people - {audit.planned_by_id})])


def tell_appointed(audit: Audit, people: Iterable[int]) -> None:
    """Who audits since a change."""
    if audit.is_open:
        post_many(PLANNED, [_post(audit, one) for one in sorted(people)])


def tell_signed(audit: Audit) -> None:
    post_many(SIGNED, [_post(audit, one) for one in heads_of(audit.centre_id, audit.school_id)])


def tell_replied(audit: Audit) -> None:
    for person in audit.auditors.values_list("person_id", flat=True):
        post_change(REPLIED, to=person, fact=str(audit.pk), audit=audit.pk)


def tell_closed(audit: Audit) -> None:
    """Of several that are closed one after another the heads are told once."""
    for person in heads_of(audit.centre_id, audit.school_id):
        post_change(CLOSED, to=person, fact=str(audit.pk), audit=audit.pk)


def _post(audit: Audit, person: int) -> Post:
    return Post(person, str(audit.pk), {"audit": audit.pk})


def _about(
    messages: Sequence[Message], reader: Reader, still: Callable[[Audit], bool], told: Callable[[Audit], Told]
) -> Iterator[Told | Withheld]:
    """Two queries."""
    rows = Audit.objects.filter(pk__in={message.facts["audit"] for message in messages})
    found = {one.pk: one for one in rows.select_related("school").prefetch_related("auditors")}
    for message in messages:
        audit = found.get(message.facts["audit"])
        if audit is None or not still(audit):
            yield Withheld(UnsentReason.DONE)
        elif reader.actor is None or not hears_of(reader.actor, audit):
            yield Withheld(UnsentReason.NO_RIGHT)
        else:
            yield told(audit)


def planned(messages: Sequence[Message], reader: Reader) -> Iterator[Told | Withheld]:
    return _about(messages, reader, lambda one: one.is_open, lambda one: planned_letter(*_facts(one)))


def signed(messages: Sequence[Message], reader: Reader) -> Iterator[Told | Withheld]:
    return _about(
        messages, reader, lambda one: one.is_signed and one.read_at is None, lambda one: signed_letter(*_facts(one))
    )


def replied(messages: Sequence[Message], reader: Reader) -> Iterator[Told | Withheld]:
    return _about(messages, reader, lambda one: one.is_signed, lambda one: replied_letter(*_facts(one)))


def closed(messages: Sequence[Message], reader: Reader) -> Iterator[Told | Withheld]:
    return _about(messages, reader, lambda one: one.is_signed, lambda one: closed_letter(*_facts(one)))


def _facts(audit: Audit) -> tuple[str, str, str, int]:
    return audit.title, audit.school.name, short_day(audit.day), audit.pk


def planned_letter(title: str, school: str, day: str, pk: int) -> Told:
    said = _("%(day)s, %(school)s: %(title)s.") % {"day": day, "school": school, "title": title}
    more = _("What will be looked at stands on the page.")
    return Told(_("An audit is planned"), (said, more), _page(pk), _("Look"))


def signed_letter(title: str, school: str, day: str, pk: int) -> Told:
    said = _("The act of %(day)s is signed: %(school)s, %(title)s.") % {"day": day, "school": school, "title": title}
    more = _("Read it and say to each finding whether you agree, object, or have mended it.")
    return Told(_("The act of an audit is signed"), (said, more), _page(pk), _("Read"))


def replied_letter(title: str, school: str, day: str, pk: int) -> Told:
    said = _("%(school)s has answered the act of %(day)s: %(title)s.") % {"day": day, "school": school, "title": title}
    return Told(_("The school has answered the act"), (said,), _page(pk), _("Read"))


def closed_letter(title: str, school: str, day: str, pk: int) -> Told:
    said = _("Findings of the act of %(day)s are closed: %(school)s, %(title)s.")
    more = _("Which of them, and what was written to that, stands on the page of the act.")
    facts = {"day": day, "school": school, "title": title}
    return Told(_("Findings of an audit are closed"), (said % facts, more), _page(pk), _("Look"))


def _page(pk: int) -> str:
    return reverse("planning:audit_detail", args=[pk])


def _sample() -> tuple[str, str, str, int]:
    return _("The school's site on the final exams"), _("School No. 1"), short_day(timezone.localdate()), 1


kinds.add(
    MessageKind(
        slug=PLANNED,
        order=70,
        label=gettext_lazy("Audits that are planned"),
        why=gettext_lazy("you are an auditor, or head the school."),
        tell=planned,
        sample=lambda: planned_letter(*_sample()),
    )
)
kinds.add(
    MessageKind(
        slug=SIGNED,
        order=71,
        label=gettext_lazy("Acts of audits of my school"),
        why=gettext_lazy("you head the school."),
        tell=signed,
        sample=lambda: signed_letter(*_sample()),
    )
)
kinds.add(
    MessageKind(
        slug=REPLIED,
        order=72,
        label=gettext_lazy("Answers of schools to acts"),
        why=gettext_lazy("you were an auditor."),
        tell=replied,
        sample=lambda: replied_letter(*_sample()),
    )
)
kinds.add(
    MessageKind(
        slug=CLOSED,
        order=75,
        label=gettext_lazy("Findings of my school that are closed"),
        why=gettext_lazy("you head the school."),
        tell=closed,
        sample=lambda: closed_letter(*_sample()),
    )
)

"""A lesson calendar is brought to an audit, hard topics are judged in it, what does not agree goes to a criterion."""

from dataclasses import replace
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from traektoria.core import audit as journal
from traektoria.core.errors import Conflict, Invalid
from traektoria.core.school_year import year_of
from traektoria.people.actor import Actor, acting
from traektoria.planning.audits.actions.filling import GivenVerdict, save_answers
from traektoria.planning.audits.actions.planning import locked_audit
from traektoria.planning.audits.content import criteria_of, sections_of
from traektoria.planning.audits.enums import WANTING
from traektoria.planning.audits.kinds import kinds_of
from traektoria.planning.audits.models import Audit
from traektoria.planning.audits.permissions import check_bring, check_drop_calendar, check_fill, heads_school
from traektoria.planning.audits.policies import check_open, check_take_away
from traektoria.planning.lessons.kept_calendar import HardTopic, calendar_of, topics_as_kept, topics_of
from traektoria.planning.lessons.models import LessonCalendar
from traektoria.planning.lessons.reader import Brought, facts_of
from traektoria.planning.lessons.topics import with_lines

MOST: Final = 20
"""Calendars of one audit."""
MOST_TOPICS: Final = 40
YES, NO = "yes", "no"


def bring_calendar(*, audit: Audit, brought: Brought, by: Actor, token: UUID | None = None) -> LessonCalendar:
    """Read and counted outside of a transaction; ``token`` is that of the press: a second one finds what the first has
    kept. Side effect: audit. Raises ``Refused``, ``Conflict``, ``Invalid``."""
    key = token or uuid4()
    check_brings(audit, by)
    known = LessonCalendar.objects.filter(token=key, audit=audit).first()
    if known is not None:
        return known
    facts = facts_of(audit.centre, brought, year_of(audit.day), by)
    return _kept(audit, facts, by, key)


def check_brings(audit: Audit, by: Actor) -> None:
    """Who, to which audits, and until it is signed."""
    check_bring(by, audit)
    check_open(audit)
    kind = kinds_of(audit.centre_id).get(audit.kind)
    if kind is None or not kind.lesson_calendars:
        raise Conflict(_("In audits of this kind no lesson calendars are read."), code="no_calendars")


@transaction.atomic
def _kept(audit: Audit, facts: dict[str, Any], by: Actor, token: UUID) -> LessonCalendar:
    row = locked_audit(audit)
    check_open(row)
    if _of(row).filter(token=token).exists():
        return _of(row).get(token=token)
    if _of(row).count() >= MOST:
        raise Invalid(_("There are %(most)s lesson calendars at this audit already.") % {"most": MOST}, code="too_many")
    by_school = heads_school(by, row.centre_id, row.school_id)
    made = LessonCalendar.objects.create(audit=row, token=token, by_id=acting(by), by_school=by_school, **facts)
    journal.record("lessons.bring", made, by=by, centre_id=row.centre_id, rows=made.rows, by_school=by_school)
    return made


@transaction.atomic
def drop_calendar(*, calendar: LessonCalendar, by: Actor) -> None:
    """By whoever's side has brought it, while the audit is open; what has gone to a criterion stays there. The school's
    one stays when the auditors have begun to judge it. A second press finds it gone. Side effect: audit."""
    row = locked_audit(calendar.audit)
    check_drop_calendar(by, row, calendar)
    check_open(row)
    found = _of(row).filter(pk=calendar.pk).first()
    if found is not None:
        check_take_away(found)
        journal.record("lessons.drop", found, by=by, centre_id=row.centre_id)
        found.delete()


@transaction.atomic
def judge_topic(*, calendar: LessonCalendar, key: str, said: str, by: Actor) -> LessonCalendar:
    """The auditor says whether a hard topic is met in the calendar. Nothing follows of itself. Raises ``Invalid``."""
    row = _open(calendar, by)
    if said not in (YES, NO) or all(one.key != key for one in topics_of(row)):
        raise Invalid(_("Choose one of the answers."), code="no_such_topic")
    if row.said.get(key) != said:
        row.said = {**row.said, key: said}
        row.save(update_fields=["said"])
        journal.record("lessons.topic", row, by=by, centre_id=row.audit.centre_id, said=said)
    return row


@transaction.atomic
def add_topic(*, calendar: LessonCalendar, words: str, by: Actor) -> LessonCalendar:
    """One that the auditor names: it is looked for in the calendar as the others are. The same words once."""
    row, wanted = _open(calendar, by), " ".join(words.split())[:300]
    topics = topics_of(row)
    if not wanted or len(topics) >= MOST_TOPICS:
        raise Invalid(_("Write a topic; a calendar has %(most)s at most.") % {"most": MOST_TOPICS}, code="topic")
    if all(one.words.lower() != wanted.lower() for one in topics):
        own = sum(one.by_hand for one in topics) + 1
        found = with_lines([HardTopic(f"own-{own}", wanted)], calendar_of(row))
        row.topics = topics_as_kept([*topics, *found])
        row.save(update_fields=["topics"])
        journal.record("lessons.topic_add", row, by=by, centre_id=row.audit.centre_id)
    return row


@transaction.atomic
def note_to_criterion(
    *, calendar: LessonCalendar, what: str, criterion: int, verdict: str, note: str, concerns: str, by: Actor
) -> Audit:
    """«Сделать замечанием»: the auditor puts what was counted to a criterion, with their own verdict; until the act is
    signed it is an answer like others. ``what`` is its name in the calendar, which remembers it. The same words once.
    Raises ``Invalid``."""
    kept = _open(calendar, by)
    row = kept.audit
    there, wanted = criteria_of(sections_of(row.version.sections)), note.strip()
    if criterion not in there or verdict not in WANTING or not wanted:
        raise Invalid(_("Say to which criterion it belongs, and what is there."), code="no_criterion")
    had = row.answers.filter(criterion=criterion).first()
    given = GivenVerdict(criterion, verdict, note=wanted, concerns=concerns.strip())
    if had is not None:
        spots = had.concerns if given.concerns in had.concerns else "; ".join(filter(None, [had.concerns, concerns]))
        said = had.note if wanted in had.note else f"{had.note}\n{wanted}".strip()
        given = replace(given, note=said, concerns=spots, address=had.address)
    if len(given.concerns) > 300:
        given = replace(given, note=f"{given.note} ({concerns.strip()})", concerns=had.concerns if had else "")
    save_answers(audit=row, answers=[given], by=by)
    kept.said = {**kept.said, what: str(criterion)}
    kept.save(update_fields=["said"])
    return row


def _of(audit: Audit) -> QuerySet[LessonCalendar]:
    return LessonCalendar.objects.filter(audit=audit)


def _open(calendar: LessonCalendar, by: Actor) -> LessonCalendar:
    """The audit is locked first, so that its calendars are changed one after another."""
    audit = locked_audit(calendar.audit)
    check_fill(by, audit)
    check_open(audit)
    row = _of(audit).filter(pk=calendar.pk).first()
    if row is None:
        raise Conflict(_("This lesson calendar was taken away meanwhile."), code="gone")
    row.audit = audit
    return row

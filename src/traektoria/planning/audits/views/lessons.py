"""Lesson calendars of an audit: brought, looked through beside the checklist, taken away."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.attempt import attempt, status_of
from traektoria.core.errands import is_light
from traektoria.core.models import Errand
from traektoria.core.school_year import year_of
from traektoria.core.submissions import token_of
from traektoria.diagnostics.problem_field.queries.common_topics import common_topics
from traektoria.engines.plantables.file_kinds import weight_of
from traektoria.people.enums import Role
from traektoria.people.guard import BOTH, POST, ActorRequest, existing, guard
from traektoria.planning.audits.actions import lessons
from traektoria.planning.audits.content import criteria_of, sections_of
from traektoria.planning.audits.enums import Verdict
from traektoria.planning.audits.errands import READ as READ_LATER
from traektoria.planning.audits.errands import ask_to_read, read_words
from traektoria.planning.audits.lesson_forms import LessonsForm, NoteForm, TopicForm
from traektoria.planning.audits.models import Audit
from traektoria.planning.audits.permissions import READ, can_drop_calendar, can_fill, check_fill, reads_answers
from traektoria.planning.audits.policies import can_take_away, check_open
from traektoria.planning.audits.queries.audits import find_audit
from traektoria.planning.audits.queries.lessons import CalendarPage, find_calendar, page_for
from traektoria.planning.lessons.models import LessonCalendar
from traektoria.planning.lessons.reader import weeks_of


@guard(*READ, methods=BOTH, once=False)
def lessons_new(request: ActorRequest, pk: int) -> HttpResponse:
    """``pk`` is the audit. The reading stands in no transaction; what it kept is known by the token of the press."""
    audit = existing(find_audit(request.actor, pk=pk))
    lessons.check_brings(audit, request.actor)
    weeks = weeks_of(audit.centre, year_of(audit.day))
    form = LessonsForm(request.POST or None, request.FILES or None, weeks=weeks)

    def keep() -> LessonCalendar | Errand:
        brought, actor = form.brought, request.actor
        if brought.source and not is_light(READ_LATER, weight_of(brought.source)):
            return ask_to_read(audit=audit, brought=brought, by=actor)
        return lessons.bring_calendar(audit=audit, brought=brought, by=actor, token=token_of(request))

    made = attempt(form, keep)
    if isinstance(made, Errand):
        return redirect("desk:errand_detail", made.pk)
    if made:
        messages.success(request, read_words())
        return redirect("planning:lessons_detail", made.pk)
    context = {"audit": audit, "form": form, "fills": can_fill(request.actor, audit)}
    return render(request, "planning/lessons_new.html", context, status=status_of(form))


@guard(*READ)
def lessons_detail(request: ActorRequest, pk: int) -> HttpResponse:
    row = _calendar(request, pk)
    return render(request, "planning/lessons_detail.html", _context(request, row, TopicForm()))


@guard(*READ, methods=POST)
def lessons_drop(request: ActorRequest, pk: int) -> HttpResponse:
    row = _calendar(request, pk)
    lessons.drop_calendar(calendar=row, by=request.actor)
    messages.success(request, _("The lesson calendar is taken away. What went to the checklist stays there."))
    return redirect("planning:audit_detail", row.audit_id)


@guard(*READ, methods=POST)
def lessons_topic(request: ActorRequest, pk: int, key: str, said: str) -> HttpResponse:
    """«Есть», «нет»."""
    lessons.judge_topic(calendar=_calendar(request, pk), key=key, said=said, by=request.actor)
    return redirect("planning:lessons_detail", pk)


@guard(*READ, methods=POST)
def lessons_topic_add(request: ActorRequest, pk: int) -> HttpResponse:
    row = _calendar(request, pk)
    check_fill(request.actor, row.audit)
    form = TopicForm(request.POST)
    if attempt(form, lambda: lessons.add_topic(calendar=row, by=request.actor, **form.cleaned_data)):
        messages.success(request, _("The topic is looked for in the calendar: say whether it is there."))
        return redirect("planning:lessons_detail", pk)
    return render(request, "planning/lessons_detail.html", _context(request, row, form), status=status_of(form))


@guard(*READ, methods=BOTH)
def lessons_note(request: ActorRequest, pk: int, what: str) -> HttpResponse:
    """«Сделать замечанием»: ``what`` is the name of a contradiction or of a topic."""
    row = _calendar(request, pk)
    check_fill(request.actor, row.audit)
    check_open(row.audit)
    page = page_for(request.actor, row)
    note, places = _noted(page, what)
    form = NoteForm(request.POST or None, criteria=_criteria(row.audit), initial=_initial(row, note, places))
    if attempt(form, lambda: _put(request, row, what, form)):
        messages.success(request, _("Put to the criterion. It becomes a finding when you sign the act."))
        return redirect("planning:lessons_detail", pk)
    context = {"row": row, "audit": row.audit, "form": form}
    return render(request, "planning/lessons_note.html", context, status=status_of(form))


def _put(request: ActorRequest, row: LessonCalendar, what: str, form: NoteForm) -> Audit:
    return lessons.note_to_criterion(calendar=row, what=what, by=request.actor, **form.cleaned_data)


def _calendar(request: ActorRequest, pk: int) -> LessonCalendar:
    return existing(find_calendar(request.actor, pk))


def _context(request: ActorRequest, row: LessonCalendar, form: TopicForm) -> dict[str, Any]:
    actor, audit = request.actor, row.audit
    fills = can_fill(actor, audit) and audit.is_open
    return {
        "row": row,
        "audit": audit,
        "page": page_for(actor, row),
        "fills": fills,
        "judged": reads_answers(actor, audit),
        "drops": audit.is_open and can_drop_calendar(actor, audit, row) and can_take_away(row),
        "form": form,
        "common": _common(request, row) if fills else [],
    }


def _common(request: ActorRequest, row: LessonCalendar) -> list[str]:
    """Words of what many teachers have confirmed, to those who may know of it (ADR 0072): only offered to be typed."""
    if not request.actor.has(row.audit.centre_id, Role.COORDINATOR, Role.TUTOR):
        return []
    found = common_topics(request.actor, row.audit.centre, timezone.now())
    return [one.topic for one in found if one.subject == row.subject]


def _criteria(audit: Audit) -> list[tuple[int, str]]:
    """With the answer that stands there: another one takes its place."""
    there = {one.criterion: Verdict(one.verdict).label for one in audit.answers.all()}
    found = criteria_of(sections_of(audit.version.sections)).values()
    now = _("%(title)s (now: %(answer)s)")
    return [
        (one.number, now % {"title": one.title, "answer": there[one.number]} if one.number in there else one.title)
        for one in found
    ]


def _noted(page: CalendarPage, what: str) -> tuple[str, str]:
    for odd in page.odd:
        if odd.what == what:
            return odd.sentence, odd.places
    for line in page.topics:
        if line.what == what:
            return _("The hard topic is not met in the calendar: %(topic)s.") % {"topic": line.topic.words}, ""
    raise Http404


def _initial(row: LessonCalendar, note: str, places: str) -> dict[str, str]:
    return {"note": note, "concerns": ", ".join(filter(None, [str(row), places]))[:300]}

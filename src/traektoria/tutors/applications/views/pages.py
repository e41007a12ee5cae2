"""What the pages of an application show: to the candidate, to those who consider it, to the one who nominated."""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.errors import reason_of
from traektoria.organisations.regulations.contents import rules_of
from traektoria.people.access_log import log_access
from traektoria.people.actor import Actor
from traektoria.people.consents import consent_text
from traektoria.people.enums import ConsentKind, Purpose, Subject
from traektoria.people.guard import ActorRequest, fetch
from traektoria.people.models import Employment
from traektoria.tutors.applications.enums import ApplicationState
from traektoria.tutors.applications.forms import AboutForm, AnswerForm, CheckForm, ShownForm, WordsForm
from traektoria.tutors.applications.models import Application
from traektoria.tutors.applications.permissions import can_consider
from traektoria.tutors.applications.policies import CHECKABLE, RETURNABLE, WRITABLE, check_complete, needs_reason
from traektoria.tutors.applications.queries import applications as queries
from traektoria.tutors.applications.queries.checklist import Checklist, Row
from traektoria.tutors.applications.queries.history import history_of
from traektoria.tutors.applications.registries import decision_papers
from traektoria.tutors.applications.workflow import application_workflow

S = ApplicationState
SUBJECTS = dict(Subject.choices)


@dataclass
class Criterion:
    """A row of the checklist with its forms; ``open`` where something is asked of the candidate."""

    row: Row
    answer: AnswerForm | None = None
    shown: ShownForm | None = None
    check: Any = None
    note: Any = None
    open: bool = False
    attaching: bool = False


@dataclass
class Bound:
    """Forms that came back with mistakes: they stand on the page instead of fresh ones."""

    about: AboutForm | None = None
    answers: dict[str, AnswerForm] = field(default_factory=dict)
    shown: dict[str, ShownForm] = field(default_factory=dict)
    words: dict[str, WordsForm] = field(default_factory=dict)
    check: CheckForm | None = None

    @property
    def wrong(self) -> Any:
        """The one form that was sent, for the summary of its mistakes."""
        return next(
            iter([*filter(None, [self.about, self.check]), *self.answers.values(), *self.shown.values(),
                  *self.words.values()]), None
        )  # fmt: skip


def fetch_application(actor: Actor, pk: int) -> Application:
    """With what a page needs, or 404."""
    return fetch(queries.card_of(actor), pk=pk)


def page_for(request: ActorRequest, application: Application, bound: Bound | None = None) -> HttpResponse:
    """The page that this person has of the application; 422 where a form came back."""
    actor, bound = request.actor, bound or Bound()
    status = 422 if bound.wrong else 200
    if actor.person_id == application.person_id:
        template = "own_nomination" if application.state == S.NOMINATED else "own"
        context = own_context(application, actor, bound)
    elif queries.sees_papers(actor, application):
        template, context = "card", card_context(application, actor, bound)
        _log(actor, application)
    else:
        template, context = "outline", {"application": application}
    context = {"history": history_of(application), **context} if template != "outline" else context
    return render(request, f"tutors/application_{template}.html", context, status=status)


def _log(actor: Actor, application: Application) -> None:
    log_access(
        by=actor,
        purpose=Purpose.STATUS,
        kind="tutors.application",
        subject_id=application.pk,
        person_id=application.person_id,
        centre_id=application.centre_id,
    )


def own_context(application: Application, actor: Actor, bound: Bound) -> dict[str, Any]:
    """The candidate's page: what is known, what is said, what is left."""
    if application.state == S.NOMINATED:
        return {"application": application, "text": consent_text(ConsentKind.NOMINATION, application.centre)}
    found = queries.checklist(application)
    writes = application.state in WRITABLE
    until = queries.appeal_until(application)
    return {
        **_common(application, found),
        "writes": writes,
        "criteria": [_own_criterion(row, application, bound) for row in found.rows],
        "about": bound.about or AboutForm(initial=_about(application)),
        "left": found.left,
        "why_not": reason_of(check_complete, found, application.subjects) if writes else None,
        "earlier": _earlier(application, found) if writes else None,
        "may_withdraw": application_workflow.can(application, "withdraw", actor),
        "appeal_until": until if until and until >= timezone.localdate() else None,
        "appeal_form": bound.words.get("appeal") or WordsForm(label=_("What you do not agree with")),
        "tells_findings": application.state not in (S.DRAFT, S.SUBMITTED),
        "extracts": [paper for each in decision_papers for paper in each.of(application, actor)]
        if application.decided_at
        else [],
        "wrong": bound.wrong,
    }


def _about(application: Application) -> dict[str, Any]:
    return {"subjects": application.subjects, "motivation": application.motivation}


def _common(application: Application, found: Checklist) -> dict[str, Any]:
    rules = rules_of(application.regulation).status
    return {
        "application": application,
        "found": found,
        "rules": rules,
        "by_commission": rules.commission is not None,
        "subjects": [SUBJECTS.get(slug, slug) for slug in application.subjects],
        "due": queries.due_of(application),
        "titles": {row.leaf.slug: row.leaf.title for row in found.rows},
    }


def _own_criterion(row: Row, application: Application, bound: Bound) -> Criterion:
    slug = row.leaf.slug
    answer = bound.answers.get(slug) or AnswerForm(leaf=row.leaf, initial={"stated": _plain(row), "text": row.text})
    shown = bound.shown.get(slug) or ShownForm(leaf=row.leaf)
    asked = not row.answered or bool(row.check_note and not row.check)
    return Criterion(
        row, answer, shown, attaching=slug in bound.shown, open=asked or slug in {*bound.shown, *bound.answers}
    )


def _earlier(application: Application, found: Checklist) -> Application | None:
    """Offered while nothing is written yet."""
    begun = any(row.text or row.evidence or row.stated is not None for row in found.rows)
    return None if begun else queries.earlier_of(application)


def _plain(row: Row) -> Any:
    """12, not 12.00."""
    if row.stated is None:
        return None
    return int(row.stated) if row.stated == int(row.stated) else row.stated.normalize()


def card_context(application: Application, actor: Actor, bound: Bound) -> dict[str, Any]:
    """The card: criteria side by side with evidence; forms for those who consider it."""
    found = queries.checklist(application)
    considers = can_consider(actor, application)
    checks = considers and application.state in CHECKABLE
    form = (bound.check or CheckForm(rows=found.rows)) if checks else None
    return {
        **_common(application, found),
        "criteria": [_checked_criterion(row, form) for row in found.rows],
        "check_form": form,
        "considers": considers,
        "checks": checks,
        "may_return": considers and application.state in RETURNABLE,
        "may_refuse": considers and _refusable(application),
        "needs_reason": needs_reason(found),
        "return_form": bound.words.get("return") or WordsForm(label=_("What is to be completed")),
        "admit_form": bound.words.get("admit") or WordsForm(label=_("Why it is considered all the same")),
        "refuse_form": bound.words.get("refuse") or WordsForm(label=_("Reasons of the refusal")),
        "work": _work_of(application),
        "wrong": bound.wrong,
    }


def _refusable(application: Application) -> bool:
    """Admitted, and no commission decides."""
    return application.state == S.ADMITTED and rules_of(application.regulation).status.commission is None


def _checked_criterion(row: Row, form: CheckForm | None) -> Criterion:
    if form is None or not row.by_hand:
        return Criterion(row)
    return Criterion(row, check=form[f"check_{row.leaf.slug}"], note=form[f"note_{row.leaf.slug}"])


def _work_of(application: Application) -> list[Employment]:
    rows = Employment.objects.filter(person=application.person_id, end__isnull=True)
    return list(rows.select_related("school"))

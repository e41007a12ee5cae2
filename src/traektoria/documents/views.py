"""Cards and official papers to take away, and the public page that verifies a printed document."""

from collections.abc import Callable
from contextlib import nullcontext
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from traektoria.core.errands import answer
from traektoria.core.errors import Invalid
from traektoria.core.figures import figure
from traektoria.core.files import attachment
from traektoria.documents import actions, card_contents, queries
from traektoria.documents.errands import CARDS, PLANS, plans_of
from traektoria.documents.facts import OFFICIAL
from traektoria.documents.forms import VerificationForm
from traektoria.documents.models import IssuedDocument
from traektoria.documents.papers.kinds import KINDS
from traektoria.engines import papers
from traektoria.engines.papers.process_apart import PAPERS
from traektoria.organisations.zones import in_time_of
from traektoria.people.enums import HEADS, Role
from traektoria.people.guard import ActorRequest, fetch, guard


def within_budget(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A paper that is too long to be set says so, and what to shorten."""

    @wraps(view)
    def measured(*args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(*args, **kwargs)
        except papers.PaperTooLong as long:
            sentence = _(
                "This paper is too long to be printed: %(total)s signs, at most %(most)s can be. "
                "Shorten first the text that begins «%(longest)s» (%(signs)s signs)."
            )
            words = {"longest": long.longest, **{n: figure(getattr(long, n)) for n in ("total", "most", "signs")}}
            raise Invalid(sentence % words, code="paper_too_long") from long

    return measured


@guard()
@within_budget
def route_card(request: ActorRequest, pk: int, form: str) -> HttpResponse:
    """The card of a route as DOCX or PDF."""
    if form not in papers.PRINTERS:
        raise Http404
    route = fetch(card_contents.printable_by(request.actor), pk=pk)
    paper = actions.issue_route_card(route=route, by=request.actor, site=_site(request)).paper
    return attachment(PAPERS.ask(papers.PRINTERS[form], paper), f"{papers.file_stem(paper)}.{form}")


@guard()
def route_cards(request: ActorRequest, form: str) -> HttpResponse:
    """The cards of all agreed routes that the person works on, in one archive."""
    if form not in papers.PRINTERS:
        raise Http404
    facts = {"form": form, "site": _site(request)}
    return answer(request, CARDS, facts, weight=card_contents.cards_of(request.actor).count())


@guard(Role.TUTOR)
def deficit_plans(request: ActorRequest, school: int, form: str) -> HttpResponse:
    """Personified plans of the tutor's teachers of a school, in one archive."""
    if form not in papers.PRINTERS or not plans_of(request.actor, school).exists():
        raise Http404
    facts = {"school": school, "form": form, "site": _site(request)}
    return answer(request, PLANS, facts, weight=plans_of(request.actor, school).count())


@guard()
@within_budget
def paper(request: ActorRequest, kind: str, pk: int, form: str) -> HttpResponse:
    """An official paper of a fact as DOCX or PDF."""
    if form not in papers.PRINTERS or kind not in KINDS:
        raise Http404
    fact = fetch(KINDS[kind].facts(request.actor), pk=pk)
    issued = actions.issue_paper(kind=KINDS[kind], fact=fact, by=request.actor, site=_site(request))
    return attachment(PAPERS.ask(papers.PRINTERS[form], issued), f"{papers.file_stem(issued)}.{form}")


REGISTER = (Role.COORDINATOR, Role.TUTOR, *HEADS)


@guard(*REGISTER)
def document_detail(request: ActorRequest, pk: int) -> HttpResponse:
    """What the register says of an official paper of one's centre, which plans count: the page of its code."""
    rows = IssuedDocument.objects.filter(kind__in=OFFICIAL, centre__in=request.actor.centres(*REGISTER))
    document = fetch(rows, pk=pk)
    return redirect("documents:verification_result", code=document.code)


def _site(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


def verification(request: HttpRequest) -> HttpResponse:
    """Where a code is typed; open to everybody."""
    form = VerificationForm(request.GET or None)
    if form.is_valid():
        return redirect("documents:verification_result", code=form.cleaned_data["code"])
    return render(request, "documents/verification.html", {"form": form}, status=422 if form.is_bound else 200)


def verification_result(request: HttpRequest, code: str) -> HttpResponse:
    """What the register knows of a code: who issued what and when, and no name."""
    form = VerificationForm({"code": code})
    if not form.is_valid():
        raise Invalid(str(form.errors["code"][0]), code="wrong_code")
    document = queries.by_code(form.cleaned_data["code"])
    outdated = queries.is_outdated(document) if document else False
    context = {
        "document": document,
        "code": form.cleaned_data["code"],
        "outdated": outdated,
        "newer": queries.newer_version(document) if document else None,
        "label": KINDS[document.kind].label if document and document.kind in KINDS else _("Card of a learning route"),
    }
    with in_time_of(document.centre) if document else nullcontext():
        return render(request, "documents/verification_result.html", context, status=200 if document else 404)

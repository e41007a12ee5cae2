"""Cards to take away and the public page that verifies a printed document."""

from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from traektoria.core.errors import Invalid
from traektoria.documents import actions, queries
from traektoria.documents.forms import VerificationForm
from traektoria.engines.cards import file_stem, render_docx, render_pdf
from traektoria.engines.papers import CONTENT_TYPES
from traektoria.people.guard import ActorRequest, fetch, guard

CARD_PRINTERS = {"docx": render_docx, "pdf": render_pdf}


@guard()
def route_card(request: ActorRequest, pk: int, form: str) -> HttpResponse:
    """The card of a route as DOCX or PDF."""
    if form not in CARD_PRINTERS:
        raise Http404
    route = fetch(queries.printable_by(request.actor), pk=pk)
    site = f"{request.scheme}://{request.get_host()}"
    issued = actions.issue_route_card(route=route, by=request.actor, site=site)
    response = HttpResponse(CARD_PRINTERS[form](issued.card), content_type=CONTENT_TYPES[form])
    name = quote(f"{file_stem(issued.card)}.{form}")
    response.headers["Content-Disposition"] = f"attachment; filename=\"card-{pk}.{form}\"; filename*=UTF-8''{name}"
    return response


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
    context = {"document": document, "code": form.cleaned_data["code"], "outdated": outdated}
    return render(request, "documents/verification_result.html", context, status=200 if document else 404)

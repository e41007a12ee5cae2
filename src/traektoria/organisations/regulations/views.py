"""Pages of the regulation: read by everybody in the centre; begun, checked, approved, discarded by its coordinator."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.attempt import attempt, status_of
from traektoria.core.guard import BOTH, POST, GuardedRequest, fetch, guard
from traektoria.core.shared_forms import stamp
from traektoria.organisations.enums import EVERYBODY, RegulationState, Role
from traektoria.organisations.models import Regulation, TutorCentre
from traektoria.organisations.queries import centres_kept_by
from traektoria.organisations.regulations import actions, queries
from traektoria.organisations.regulations.clauses import PageLine, called, contents, unsaid
from traektoria.organisations.regulations.contents import check_readable, rules_of
from traektoria.organisations.regulations.difference import RuleChange, difference
from traektoria.organisations.regulations.forms import ApproveForm, PresetForm
from traektoria.organisations.regulations.headings import HEADINGS
from traektoria.organisations.regulations.outline import Clause, WrittenSection
from traektoria.organisations.regulations.pages import draft_for
from traektoria.organisations.regulations.presets_shown import preset_choices, preset_title, presets_shown
from traektoria.organisations.regulations.queries import part_at
from traektoria.organisations.regulations.sample_views import chosen_in
from traektoria.organisations.regulations.schema import Rules
from traektoria.organisations.regulations.sections import BY_SLUG, CRITERIA
from traektoria.organisations.regulations.ways import document_of

coordinator = Role.COORDINATOR


@guard(*EVERYBODY)
def regulation_detail(request: GuardedRequest) -> HttpResponse:
    """The version in force of the person's centre; ``?centre=`` of another one of theirs."""
    centre = _centre_asked(request)
    return _version_page(request, queries.in_force_now(centre.pk))


def _centre_asked(request: GuardedRequest) -> TutorCentre:
    centres = queries.centres_read_by(request.actor)
    asked = request.GET.get("centre", "")
    return fetch(centres, pk=asked) if asked else centres[0]


@guard(*EVERYBODY)
def regulation_version(request: GuardedRequest, pk: int) -> HttpResponse:
    """Any version as a document; the draft, read by its coordinator, with a pencil at each clause."""
    version = fetch(queries.regulations_visible_to(request.actor), pk=pk)
    return _version_page(request, version)


def _version_page(request: GuardedRequest, version: Regulation) -> HttpResponse:
    now = queries.in_force_now(version.centre_id)
    keeps = version.centre_id in request.actor.centres(coordinator)
    rules, document = rules_of(version), document_of(version)
    is_draft = version.state == RegulationState.DRAFT
    changes_here = keeps and (is_draft or version.pk == queries.latest_approved(version.centre_id).pk)
    facts = {
        "regulation": version,
        "title": rules.about.title,
        "sections": [(section, _spoken(section)) for section in document],
        "unsaid": _unsaid(document, rules) if changes_here else {},
        "now": now,
        "is_draft": is_draft,
        "later": version.start and version.start > timezone.localdate(),
        "keeps": keeps,
        "changes_here": changes_here,
        "draft": queries.draft_of(version.centre_id) if keeps else None,
        "centres": list(queries.centres_read_by(request.actor)),
    }
    return render(request, "organisations/regulation_detail.html", facts)


def _spoken(section: WrittenSection) -> list[tuple[Clause, str]]:
    """Each clause with what it is called at its pencil."""
    return [(clause, called(clause)) for clause in section.clauses]


def _unsaid(document: tuple[WrittenSection, ...], rules: Rules) -> dict[str, Any]:
    """What each section could say besides, by its slug, and the sections that are not there: (heading, clauses)."""
    written = {section.slug: section for section in document}
    commission = rules.status.commission is not None
    left = {slug: unsaid(slug, written.get(slug), commission=commission) for slug in HEADINGS}
    silent = [(HEADINGS[slug], found) for slug, found in left.items() if slug not in written]
    return {"within": left, "silent": silent}


@guard(*EVERYBODY)
def regulation_versions(request: GuardedRequest) -> HttpResponse:
    centre = _centre_asked(request)
    versions = list(queries.regulations_visible_to(request.actor).filter(centre=centre))
    approved = [version for version in versions if version.state == RegulationState.APPROVED]
    facts = {
        "centre": centre,
        "versions": [(version, _before(version, approved)) for version in versions],
        "now": queries.in_force_now(centre.pk),
        "today": timezone.localdate(),
        "approved": approved,
    }
    return render(request, "organisations/regulation_versions.html", facts)


def _before(version: Regulation, approved: list[Regulation]) -> Regulation | None:
    return next((one for one in approved if one.number < version.number), None)


@guard(*EVERYBODY)
def regulation_compare(request: GuardedRequest) -> HttpResponse:
    """The choice of two versions in the list of them leads to their difference."""
    visible = queries.regulations_visible_to(request.actor)
    pair = [fetch(visible, pk=request.GET.get(name, "")) for name in ("old", "new")]
    old, new = sorted(pair, key=lambda version: version.number)
    return redirect("organisations:regulation_difference", pk=new.pk, old=old.pk)


@guard(*EVERYBODY)
def regulation_difference(request: GuardedRequest, pk: int, old: int) -> HttpResponse:
    visible = queries.regulations_visible_to(request.actor)
    new = fetch(visible, pk=pk)
    before = fetch(visible, pk=old, centre=new.centre_id)
    facts = {"old": before, "new": new, "changes": _changes(before, new)}
    return render(request, "organisations/regulation_difference.html", facts)


def _changes(old: Regulation, new: Regulation) -> tuple[RuleChange, ...]:
    return difference(rules_of(old), rules_of(new))


@guard(coordinator, methods=POST)
def regulation_begin(request: GuardedRequest) -> HttpResponse:
    """A draft of the next version; a second press opens the same one."""
    centres = centres_kept_by(request.actor).order_by("pk")
    asked = request.POST.get("centre", "")
    centre = fetch(centres, pk=asked) if asked else centres[0]
    draft = actions.begin_draft(centre=centre, by=request.actor)
    return redirect("organisations:regulation_draft", pk=draft.pk)


@guard(coordinator)
def regulation_draft(request: GuardedRequest, pk: int) -> HttpResponse:
    """The sections to fill in, and what has been changed so far."""
    draft = fetch(queries.drafts_kept_by(request.actor), pk=pk)
    if draft.state != RegulationState.DRAFT:
        return redirect("organisations:regulation_version", pk=pk)
    base = queries.latest_approved(draft.centre_id)
    check_readable(draft, base)
    facts = {
        "regulation": draft,
        "base": base,
        "lines": [(line, _differs(line, base, draft)) for line in contents(document_of(draft))],
        "changes": _changes(base, draft),
    }
    return render(request, "organisations/regulation_draft.html", facts)


def _differs(line: PageLine, base: Regulation, draft: Regulation) -> bool:
    if line.slug == CRITERIA:
        return bool(base.content["status"][CRITERIA] != draft.content["status"][CRITERIA])
    section = BY_SLUG[line.slug]
    before, after = (part_at(version.content, section.path) for version in (base, draft))
    names = section.names or {*before, *after} - {CRITERIA}
    return any(before.get(name) != after.get(name) for name in names)


@guard(coordinator, methods=BOTH, own_hand=True)
def regulation_approve(request: GuardedRequest, pk: int) -> HttpResponse:
    """Check the changes, say from which day and by which document: one more press and they are in force."""
    draft = fetch(queries.drafts_kept_by(request.actor), pk=pk)
    if draft.state != RegulationState.DRAFT and request.method != "POST":
        return redirect("organisations:regulation_version", pk=pk)
    form = ApproveForm(_sent(request), initial={"seen": stamp(draft.content)})
    done = attempt(
        form, lambda: actions.approve_draft(regulation=draft, by=request.actor, **form.cleaned_data)
    )  # fmt: skip
    if done:
        messages.success(request, _said_of(done))
        return redirect("organisations:regulation_version", pk=pk)
    base = queries.latest_approved(draft.centre_id)
    check_readable(draft, base)
    facts = {"regulation": draft, "base": base, "form": form, "changes": _changes(base, draft)}
    return render(request, "organisations/regulation_approve.html", facts, status=status_of(form))


def _sent(request: GuardedRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _said_of(version: Regulation) -> str:
    if version.start and version.start > timezone.localdate():
        return _("The regulation is approved. Until its day the present version stays in force.")
    return _("The regulation is approved and in force. What began earlier goes on under the version it began with.")


@guard(coordinator, methods=POST)
def regulation_discard(request: GuardedRequest, pk: int) -> HttpResponse:
    draft = draft_for(request.actor, pk)
    actions.discard_draft(regulation=draft, by=request.actor)
    messages.success(request, _("The draft is discarded. The regulation in force has not changed."))
    return redirect("organisations:regulation_detail")


@guard(coordinator, methods=BOTH)
def regulation_restart(request: GuardedRequest, pk: int) -> HttpResponse:
    """Write the draft anew from a preset, with the consequence said before it."""
    draft = draft_for(request.actor, pk)
    form = PresetForm(_sent(request), named=preset_choices, initial=chosen_in(request))
    done = attempt(
        form, lambda: actions.restart_draft(regulation=draft, name=form.cleaned_data["preset"], by=request.actor)
    )
    if done:
        messages.success(request, _("The draft is written anew from the preset «%(name)s».") % {"name": _title(done)})
        return redirect("organisations:regulation_draft", pk=pk)
    facts = {"regulation": draft, "form": form, "presets": presets_shown(), "from": f"?draft={pk}"}
    return render(request, "organisations/regulation_restart.html", facts, status=status_of(form))


def _title(version: Regulation) -> Any:
    return preset_title(version.preset)

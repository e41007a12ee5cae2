"""Pages of the editor: a section of the draft, the tree of criteria, one criterion. All are the coordinator's."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from traektoria.core.errors import Conflict, Invalid
from traektoria.core.guard import BOTH, POST, GuardedRequest, fetch, guard
from traektoria.organisations.enums import RegulationState, Role
from traektoria.organisations.models import Regulation
from traektoria.organisations.regulations import actions, draft_content, tree
from traektoria.organisations.regulations.clauses import PageLine, contents, numbers, place_of
from traektoria.organisations.regulations.criteria import Descriptor, Document, Group, Judged, Threshold
from traektoria.organisations.regulations.labels import KINDS
from traektoria.organisations.regulations.outline import WrittenSection
from traektoria.organisations.regulations.pages import EditorPage, answer, draft_for
from traektoria.organisations.regulations.parts import Part
from traektoria.organisations.regulations.queries import draft_of, drafts_kept_by, known_slugs, part_at
from traektoria.organisations.regulations.schema import CommissionRules, MemberKind, Procedure
from traektoria.organisations.regulations.sections import BY_SLUG, CRITERIA, EditorSection
from traektoria.organisations.regulations.shapes import Content, nodes_of
from traektoria.organisations.regulations.typed_part import Raw, as_typed, fields
from traektoria.organisations.regulations.ways import asked_clause, back_to, clause_of, document_of, way_to

coordinator = Role.COORDINATOR
PARTS: dict[str, type[Part]] = {"threshold": Threshold, "document": Document, "judged": Judged, "group": Group}
TREE = "status.criteria"
BLANK_DESCRIPTORS = 3


@guard(coordinator, methods=BOTH)
def regulation_section(request: GuardedRequest, pk: int, section: str) -> HttpResponse:
    draft = draft_for(request.actor, pk)
    page = BY_SLUG.get(section)
    if page is None:
        raise Http404
    return answer(request, _sheet_of(request, draft, page))


@guard(coordinator, methods=BOTH)
def regulation_change(request: GuardedRequest, pk: int, clause: str) -> HttpResponse:
    """The pencil at a clause of the version ``pk``: to its field in the draft. Where there is no draft, the page says
    what a draft is, and one press begins it."""
    version = fetch(drafts_kept_by(request.actor), pk=pk)
    if place_of(clause) is None:
        raise Http404
    draft = draft_of(version.centre_id)
    if draft is None and request.method == "POST":
        draft = actions.begin_draft(centre=version.centre, by=request.actor)
    if draft is not None:
        return redirect(way_to(draft_for(request.actor, draft.pk), clause))
    facts = {"regulation": version, "clause": clause_of(version, clause), "back": back_to(version, clause)}
    return render(request, "organisations/regulation_change.html", facts)


def _sheet_of(request: GuardedRequest, draft: Regulation, page: EditorSection) -> EditorPage:
    names = tuple(fields(page.part, page.names))

    def save(values: Content, seen: str) -> Content:
        saved = draft_content.save_part(regulation=draft, path=page.path, values=values, seen=seen, by=request.actor)
        return part_at(saved.content, page.path)

    document = document_of(draft)
    clause, asked = asked_clause(request)
    facts = {"section": page, "lines": contents(document), "line": _line(document, page.slug), "clause": clause}
    return EditorPage(
        draft, page.part, part_at(draft.content, page.path), save, "organisations/regulation_section.html",
        back_to(draft, clause) if asked else reverse("organisations:regulation_draft", args=[draft.pk]),
        names=names, path=page.path, place=page.place, adjust=partial(_agree_commission, draft), facts=facts,
        numbers=numbers(document, page.slug), look=(asked.names[0], asked.row) if asked and asked.names else None,
    )  # fmt: skip


def _line(document: tuple[WrittenSection, ...], slug: str) -> PageLine:
    return next(line for line in contents(document) if line.slug == slug)


def _agree_commission(draft: Regulation, raw: Raw) -> bool:
    """The rules of a commission go with the procedure: they are brought back or begun when a commission decides."""
    if "commission" not in raw:
        return False
    if raw["procedure"] != [Procedure.COMMISSION.value]:
        raw["commission"] = None
        return False
    if raw["commission"] is not None:
        return False
    raw["commission"] = as_typed(CommissionRules, _former_commission(draft))
    return True


def _former_commission(draft: Regulation) -> Content:
    """Of this draft, else of the last version that had a commission, else the usual rules."""
    approved = Regulation.objects.filter(centre=draft.centre_id, state=RegulationState.APPROVED).order_by("-number")
    found = (version.content["status"].get("commission") for version in (draft, *approved))
    return next((rules for rules in found if rules), {"kinds": [kind.value for kind in MemberKind]})


@guard(coordinator)
def regulation_criteria(request: GuardedRequest, pk: int) -> HttpResponse:
    draft = draft_for(request.actor, pk)
    known = {slug for place, slug in known_slugs(draft.centre_id) if place == TREE}
    document, (clause, asked) = document_of(draft), asked_clause(request)
    facts = {
        "regulation": draft, "root": _root(draft), "known": known, "kinds": KINDS, "lines": contents(document),
        "line": _line(document, CRITERIA), "back": back_to(draft, clause) if asked else "", "clause": clause,
    }  # fmt: skip
    return render(request, "organisations/regulation_criteria.html", facts)


def _root(draft: Regulation) -> Content:
    root: Content = draft.content["status"]["criteria"]
    return root


@guard(coordinator, methods=BOTH)
def regulation_criterion_new(request: GuardedRequest, pk: int) -> HttpResponse:
    """A new criterion of the kind and in the group that the address names."""
    draft = draft_for(request.actor, pk)
    kind, group = request.GET.get("kind", ""), str(request.GET.get("group") or _root(draft)["slug"])
    if kind not in PARTS or group not in {node["slug"] for node in nodes_of(_root(draft)) if "of" in node}:
        raise Http404

    def save(values: Content, seen: str) -> Content:
        node = {**values, "kind": kind}
        draft_content.add_criterion(regulation=draft, group=group, node=node, by=request.actor)
        return node

    begin = as_typed(PARTS[kind], {}, _names(kind))
    begin["slug"] = [draft_content.free_slug({node["slug"] for node in nodes_of(_root(draft))})]
    if kind == "judged":
        begin["descriptors"] = [as_typed(Descriptor, {})] * BLANK_DESCRIPTORS
    return answer(request, _criterion_sheet(draft, kind, {}, save, begin=begin, new=True))


@guard(coordinator, methods=BOTH)
def regulation_criterion_edit(request: GuardedRequest, pk: int, slug: str) -> HttpResponse:
    draft = draft_for(request.actor, pk)
    node = _node(draft, slug)

    def save(values: Content, seen: str) -> Content:
        own = {name: value for name, value in values.items() if name not in ("slug", "archived")}
        saved = draft_content.save_criterion(regulation=draft, slug=slug, values=own, seen=seen, by=request.actor)
        return tree.node_of(_root(saved), slug)

    groups = [one for one in nodes_of(_root(draft)) if "of" in one and not tree.holds(node, one["slug"])]
    facts = {"groups": groups, "node": node, "is_root": slug == _root(draft)["slug"]}
    clause, asked = asked_clause(request)
    done = back_to(draft, clause) if asked else ""
    return answer(request, _criterion_sheet(draft, node["kind"], node, save, done=done, **facts))


def _node(draft: Regulation, slug: str) -> Content:
    try:
        return tree.node_of(_root(draft), slug)
    except KeyError as missing:
        raise Http404 from missing


def _names(kind: str) -> tuple[str, ...]:
    return tuple(name for name in fields(PARTS[kind]) if name != "of")


def _criterion_sheet(
    draft: Regulation, kind: str, held: Content, save: Any, begin: Raw | None = None, done: str = "", **facts: Any
) -> EditorPage:
    done = done or reverse("organisations:regulation_criteria", args=[draft.pk])
    facts |= {"kind": KINDS[kind]}
    return EditorPage(
        draft, PARTS[kind], held, save, "organisations/regulation_criterion.html", done, names=_names(kind),
        facts=facts, begin=begin,
    )  # fmt: skip


@guard(coordinator, methods=POST)
def regulation_criterion_change(request: GuardedRequest, pk: int, slug: str) -> HttpResponse:
    """A button beside a criterion: up, down, archive, restore, remove, or the choice of another group."""
    draft = draft_for(request.actor, pk)
    _node(draft, slug)
    facts: dict[str, Any] = {"regulation": draft, "slug": slug, "by": request.actor}
    try:
        _CHANGES.get(request.POST.get("act", ""), _unknown)(request, facts)
    except (Invalid, Conflict) as refusal:
        messages.error(request, refusal.sentence)
    url = reverse("organisations:regulation_criteria", args=[draft.pk])
    return redirect(f"{url}#criterion-{slug}")


def _unknown(request: GuardedRequest, facts: dict[str, Any]) -> None:
    raise Http404


def _into_group(request: GuardedRequest, facts: dict[str, Any]) -> None:
    draft_content.place_criterion(group=request.POST.get("group", ""), **facts)


_CHANGES: dict[str, Any] = {
    "up": lambda request, facts: draft_content.move_criterion(step=-1, **facts),
    "down": lambda request, facts: draft_content.move_criterion(step=1, **facts),
    "archive": lambda request, facts: draft_content.archive_criterion(archived=True, **facts),
    "restore": lambda request, facts: draft_content.archive_criterion(archived=False, **facts),
    "remove": lambda request, facts: draft_content.remove_criterion(**facts),
    "place": _into_group,
}

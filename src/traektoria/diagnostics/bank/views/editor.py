"""Writing an item: a new one of a chosen kind, or a new version of one that is there."""

from collections.abc import Callable
from secrets import token_hex
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from traektoria.core.errors import Invalid
from traektoria.core.search_addresses import query_of_address
from traektoria.core.shared_forms import ChangedMeanwhile, stamp
from traektoria.core.text import whole_number
from traektoria.diagnostics.bank import queries
from traektoria.diagnostics.bank.actions import items as actions
from traektoria.diagnostics.bank.forms.editor import Editor, State, blank, opened, pressed, sent, with_picture
from traektoria.diagnostics.bank.forms.pictures import ACCEPT, MOST, hold, taken_from
from traektoria.diagnostics.bank.models import BankItem
from traektoria.diagnostics.bank.pictures import pictures_of
from traektoria.diagnostics.bank.registries import errand_of
from traektoria.diagnostics.items.content import Content, editable_of
from traektoria.diagnostics.items.enums import ItemKind
from traektoria.diagnostics.items.item_view import ask
from traektoria.diagnostics.items.kinds.registry import BETWEEN, FORMS, SAID, SCORED
from traektoria.diagnostics.items.markup import Pictures, shown
from traektoria.organisations.models import TutorCentre
from traektoria.organisations.queries import centre_of
from traektoria.people.enums import Role
from traektoria.people.guard import BOTH, ActorRequest, fetch, guard

coordinator = Role.COORDINATOR
KEPT_TAGS = ("subject", "block", "topic", "level", "kes", "kt", "source", "labels")
FORMULAS = (
    r"\(x^2\)",
    r"\(x_1\)",
    r"\(\frac{a+b}{2}\)",
    r"\(\sqrt{x}\)",
    r"\(a \leq b\)",
    r"\(a \cdot b\)",
    r"\(30^\circ\)",
)
Save = Callable[[Editor, Content], BankItem]


@guard(coordinator)
def bank_new(request: ActorRequest) -> HttpResponse:
    """Which kind of item to write."""
    groups = [
        (_("For a control work: right or wrong"), _offered(SCORED)),
        (_("For a questionnaire, an interview, an observation"), _offered((*SAID, *BETWEEN))),
    ]
    if errand := errand_of(request):
        groups = [(errand.title, _offered(errand.kinds))]
    return render(request, "diagnostics/bank/new.html", {"groups": groups})


def _offered(kinds: Any) -> list[tuple[ItemKind, Any]]:
    return [(kind, FORMS[kind]) for kind in kinds]


@guard(coordinator, methods=BOTH)
def bank_add(request: ActorRequest, kind: str) -> HttpResponse:
    """A new item; ``like`` in the address takes over the tags of another one."""
    if kind not in FORMS:
        raise Http404
    centre = centre_of(request.actor)

    def save(editor: Editor, content: Content) -> BankItem:
        return actions.add_item(
            centre=centre,
            content=content,
            max_score=editor.max_score,
            fields=editor.fields(),
            pictures=taken_from(editor.state.held, request.actor),
            by=request.actor,
        )

    return _answer(request, kind, None, centre, save)


@guard(coordinator, methods=BOTH)
def bank_edit(request: ActorRequest, pk: int) -> HttpResponse:
    """A new version of the item; the old one stays where it is used."""
    item = fetch(queries.items_visible_to(request.actor).select_related("current", "centre"), pk=pk)

    def save(editor: Editor, content: Content) -> BankItem:
        return actions.change_item(
            item=item,
            content=content,
            max_score=editor.max_score,
            fields=editor.fields(),
            pictures=taken_from(editor.state.held, request.actor),
            seen=editor.state.seen,
            by=request.actor,
        )

    return _answer(request, item.kind, item, item.centre, save)


def _answer(request: ActorRequest, kind: str, item: BankItem | None, centre: TutorCentre, save: Save) -> HttpResponse:
    """Show the form; change it as a button says; save it where it is right, say what is wrong where it is not."""
    page = _Page(request, kind, item, centre)
    if request.method != "POST":
        return page.shown(Editor(kind, page.begin(), bound=False, pictures=page.alts))
    state, act = sent(kind, request.POST), request.POST.get("act", "")
    said = page.take_picture(state)
    pressed(state, act)
    looking = act == "picture" or ":" in act
    editor = Editor(kind, state, bound=not looking, pictures=page.alts)
    editor.picture_errors += said
    if said or "picture" not in request.FILES:
        editor.alt_typed = request.POST.get("picture_alt", "")
    content = None if looking else editor.content()
    if content is None:
        return page.shown(editor)
    if act == "preview":
        return page.shown(editor, content)
    return _saved(request, page, editor, content, save)


def _saved(request: ActorRequest, page: "_Page", editor: Editor, content: Content, save: Save) -> HttpResponse:
    try:
        item = save(editor, content)
    except ChangedMeanwhile as meanwhile:
        editor.add_error("", meanwhile.sentence)
        editor.state.seen = meanwhile.seen
        return page.shown(editor, status=409)
    except Invalid as refusal:
        editor.add_error("", refusal.sentence)
        return page.shown(editor)
    messages.success(request, _("The item is saved."))
    errand = errand_of(request)
    onward = errand.done(item, new=page.item is None) if errand else None
    if request.POST.get("act") == "more":
        more = query_of_address(request)
        more["like"] = str(item.pk)
        return redirect(f"{reverse('diagnostics:bank_add', args=[item.kind])}?{more.urlencode()}")
    return redirect(onward) if onward else redirect("diagnostics:bank_item", item.pk)


class _Page:
    """What the form stands in: the item that is changed, if any, its pictures, words to choose tags from."""

    def __init__(self, request: ActorRequest, kind: str, item: BankItem | None, centre: TutorCentre) -> None:
        self.request, self.kind, self.item, self.centre = request, kind, item, centre
        rows = list(item.pictures.all()) if item else []
        self.alts = {row.name: row.alt for row in rows}
        self.pictures: Pictures = pictures_of(rows)

    def begin(self) -> State:
        if self.item and self.item.current:
            version = self.item.current
            return opened(self.item, editable_of(version.content), version.max_score, stamp(queries.said_by(self.item)))
        like = whole_number(self.request.GET.get("like"))
        rows = queries.items_visible_to(self.request.actor).filter(pk=like) if like else ()
        errand = errand_of(self.request)
        known = errand.tags if errand else {}
        tags = next(({name: getattr(row, name) for name in KEPT_TAGS} for row in rows), known)
        return blank(self.kind, tags)

    def take_picture(self, state: State) -> list[str]:
        """Hold the picture that was sent along; what is wrong with it, in words."""
        file = self.request.FILES.get("picture")
        if file is None:
            return [_("Choose a file first.")] if self.request.POST.get("act") == "picture" else []
        taken = {*self.alts, *(one.name for one in state.held)}
        if len(taken) >= MOST:
            return [_("An item has at most %(n)s pictures.") % {"n": MOST}]
        try:
            alt = self.request.POST.get("picture_alt", "")
            with_picture(state, hold(file, alt, taken, centre_id=self.centre.pk, by=self.request.actor))
        except Invalid as refusal:
            return [refusal.sentence]
        return []

    def _key(self, editor: Editor) -> str:
        """Names the copy that the browser keeps while one types: after a press the page itself is the newest."""
        fresh = f"-{token_hex(4)}" if self.request.method == "POST" else ""
        return f"bank-{self.item.pk if self.item else self.kind}-{editor.state.seen}{fresh}"

    def shown(self, editor: Editor, preview: Content | None = None, status: int = 0) -> HttpResponse:
        mistakes = editor.mistakes
        tags = queries.tags_of(self.request.actor)
        facts = {
            "editor": editor,
            "kind": ItemKind(self.kind),
            "item": self.item,
            "mistakes": mistakes,
            "preview": ask(preview, prefix="preview", pictures=self.pictures, disabled=True) if preview else None,
            "pictures": list(self.pictures.items()),
            "accept": ACCEPT,
            "formulas": [(source, shown(source, "plain")) for source in FORMULAS],
            "topics": tags["topic"],
            "sources": tags["source"],
            "key": self._key(editor),
        }
        return render(self.request, "diagnostics/bank/edit.html", facts, status=status or (422 if mistakes else 200))

"""What the pages of the editor share: the draft, a form made from the schema, and one way from a press to an answer."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from secrets import token_hex
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from traektoria.core.errors import Conflict, Invalid
from traektoria.core.guard import ActingPerson, GuardedRequest, fetch
from traektoria.core.shared_forms import ChangedMeanwhile, saved_itself, saves_itself, stamp
from traektoria.organisations.enums import RegulationState
from traektoria.organisations.models import Regulation
from traektoria.organisations.regulations.contents import check_readable
from traektoria.organisations.regulations.forms import PartForm
from traektoria.organisations.regulations.parts import Part
from traektoria.organisations.regulations.queries import drafts_kept_by, known_slugs, latest_approved
from traektoria.organisations.regulations.shapes import Content
from traektoria.organisations.regulations.typed_part import Known, Raw, as_typed, fields, press, read


def draft_for(actor: ActingPerson, pk: int) -> Regulation:
    """The draft among those the person keeps; 404 for strangers, ``Conflict`` when it has been approved."""
    draft = fetch(drafts_kept_by(actor), pk=pk)
    if draft.state != RegulationState.DRAFT:
        raise Conflict(_("This version is approved already and is not changed any more."), code="approved")
    check_readable(draft, latest_approved(draft.centre_id))
    return draft


@dataclass
class EditorPage:
    """A form of the editor: the part that it fills in, what stands there now, how it is saved.

    ``save(values, seen)`` returns what stands there afterwards. ``adjust`` completes what was typed before it is read.
    ``numbers`` are those of the clauses by field and row; ``look`` names the field and the row to unfold.
    """

    draft: Regulation
    part: type[Part]
    held: Content
    save: Callable[[Content, str], Content]
    template: str
    done: str
    names: Collection[str] | None = None
    path: tuple[str, ...] = ()
    place: str = ""
    adjust: Callable[[Raw], bool] = lambda raw: False
    facts: dict[str, Any] = field(default_factory=dict)
    begin: Raw | None = None
    numbers: Mapping[tuple[str, str], str] = field(default_factory=dict)
    look: tuple[str, str] | None = None

    @cached_property
    def known(self) -> Known:
        return known_slugs(self.draft.centre_id)

    @property
    def seen(self) -> str:
        return stamp({name: self.held.get(name) for name in fields(self.part, self.names)})


def answer(request: GuardedRequest, sheet: EditorPage) -> HttpResponse:
    """Show the form; on a press change what was typed, save it where it is right, say what is wrong where it is not."""
    if request.method != "POST":
        raw = sheet.begin or as_typed(sheet.part, sheet.held, sheet.names)
        return _shown(request, sheet, _form(sheet, raw, bound=False), sheet.seen, "")
    raw = read(sheet.part, request.POST, sheet.names)
    act = request.POST.get("act", "")
    where = press(sheet.part, raw, act, sheet.known, sheet.place) if act else ""
    adjusted = sheet.adjust(raw)
    form = _form(sheet, raw, bound=True)
    seen, saved = _saved(request, sheet, form)
    if saves_itself(request):
        return saved_itself(seen) if saved else HttpResponse(status=422)
    if saved and not act:
        messages.success(request, _("Saved in the draft. It comes into force when you approve the version."))
    if saved and not act.startswith("add:"):
        return HttpResponseRedirect(f"{request.get_full_path()}#{where}" if act or adjusted else sheet.done)
    return _shown(request, sheet, form, seen, where)


def _form(sheet: EditorPage, raw: Raw, *, bound: bool) -> PartForm:
    form = PartForm(sheet.part, raw, bound=bound, known=sheet.known, place=sheet.place, names=sheet.names)
    form.tell_numbers(sheet.numbers)
    if sheet.look:
        form.unfold(*sheet.look)
    return form


def _saved(request: GuardedRequest, sheet: EditorPage, form: PartForm) -> tuple[str, bool]:
    """The mark of what stands there now, and whether it is what was typed. To a script a meanwhile change is a 409."""
    seen = request.POST.get("seen", "")
    if not form.all_valid():
        return seen, False
    try:
        held = sheet.save(form.content(), seen)
    except ChangedMeanwhile as meanwhile:
        if saves_itself(request):
            raise
        form.add_error(None, meanwhile.sentence)
        return meanwhile.seen, False
    except Invalid as refusal:
        problems = getattr(refusal, "problems", ())
        form.say(problems, sheet.path)
        if not problems:
            form.add_error(None, refusal.sentence)
        return seen, False
    return stamp({name: held.get(name) for name in fields(sheet.part, sheet.names)}), True


def _shown(request: GuardedRequest, sheet: EditorPage, form: PartForm, seen: str, where: str) -> HttpResponse:
    """``key`` names the copy that the browser keeps while one types: after a press the page itself is the newest."""
    mistakes = form.mistakes()
    key = f"regulation-{sheet.draft.pk}-{seen}" + (f"-{token_hex(4)}" if request.method == "POST" else "")
    facts = {
        "form": form, "mistakes": mistakes, "seen": seen, "key": key, "focus": where, "regulation": sheet.draft,
        "done": sheet.done, **sheet.facts,
    }  # fmt: skip
    return render(request, sheet.template, facts, status=422 if mistakes else 200)

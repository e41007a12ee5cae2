"""Long work of the sub-room: many questions of the bank as a file, and a large file that is loaded."""

import hashlib
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core import audit, journal
from traektoria.core.errands import Doing, Made, Shown, ask
from traektoria.core.errors import Refused
from traektoria.core.files import XLSX
from traektoria.core.models import Errand
from traektoria.core.registries import ErrandKind, errand_kinds
from traektoria.core.typography import counted
from traektoria.diagnostics.bank.actions.file_import import Loaded, import_questions
from traektoria.diagnostics.bank.file_export import export_of, write_file
from traektoria.diagnostics.bank.queries import items_visible_to
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import Actor
from traektoria.people.permissions import check_coordinates

QUESTIONS, LOAD = "diagnostics.bank_file", "diagnostics.bank_load"
LIGHT_QUESTIONS: Final = 300
"""A question is read twice and written in 0.8 ms."""
TYPES: Final = {"gift": "text/plain; charset=utf-8", "xlsx": XLSX}


def check(actor: Actor, facts: dict[str, Any]) -> None:
    check_coordinates(actor, facts["centre"])


def make_file(doing: Doing) -> Made:
    """Of the items chosen then, those that the person still sees."""
    form = doing.facts["form"]
    items = items_visible_to(doing.actor).filter(pk__in=doing.facts["items"]).order_by("pk")
    export = export_of(list(items.prefetch_related("pictures")), with_pictures=form == "gift")
    return Made(write_file(form, export.questions), f"bank.{form}", TYPES[form], len(export.questions), export.items)


def fetched(actor: Actor, facts: dict[str, Any]) -> None:
    """Raises ``Refused`` where a question in it is of a centre that is one's own no more."""
    centre, items = TutorCentre.objects.get(pk=facts["centre"]), facts["made_of"]
    if items_visible_to(actor).filter(pk__in=items).count() < len(items):
        raise Refused(_("You see fewer questions now than when this file was made. Make it again."))
    told = {"centre_id": centre.pk, "number": len(items)}
    journal.write(audit.unwritten("bank.export", centre, by=actor, **told))


def ask_to_load(content: bytes, name: str, *, centre: TutorCentre, by: Actor, **choices: Any) -> Errand:
    """``choices``: what ``import_questions`` takes beside the file."""
    digest = hashlib.sha256(content).hexdigest()
    facts = {"centre": centre.pk, "name": name, "sha256": digest, "choices": choices}
    return ask(LOAD, facts, by=by, centre_id=centre.pk, source=content)


def load(doing: Doing) -> Shown:
    """One transaction; a second attempt finds what the first has written. Raises what ``import_questions`` raises."""
    centre, facts = TutorCentre.objects.get(pk=doing.facts["centre"]), doing.facts
    content, choices = doing.source(), facts["choices"]
    loaded = import_questions(centre=centre, content=content, name=facts["name"], by=doing.actor, **choices)
    return Shown(page_of(loaded), words_of(loaded))


def page_of(loaded: Loaded) -> str:
    """The list shows what has just come, in the order of the file."""
    just = f"?loaded={loaded.ids[0]}-{loaded.ids[-1]}" if loaded.ids else ""
    return reverse("diagnostics:bank_list") + just


def words_of(loaded: Loaded) -> str:
    parts = [counted(loaded.added, "%(n)s item is loaded.", "%(n)s items are loaded.")]
    if loaded.renewed:
        parts.append(counted(loaded.renewed, "%(n)s got a new version.", "%(n)s got new versions."))
    if loaded.known:
        parts.append(counted(loaded.known, "%(n)s was in the bank already.", "%(n)s were in the bank already."))
    if loaded.twice:
        parts.append(counted(loaded.twice, "%(n)s stood in the file twice.", "%(n)s stood in the file twice."))
    if loaded.left_out:
        parts.append(counted(loaded.left_out, "%(n)s is left out.", "%(n)s are left out."))
    return " ".join(parts)


errand_kinds.add(ErrandKind(LOAD, 45, gettext_lazy("Loading questions into the bank"), LIGHT_QUESTIONS, check, load))
errand_kinds.add(
    ErrandKind(QUESTIONS, 41, gettext_lazy("Questions of the bank as a file"), 500, check, make_file, fetched)
)

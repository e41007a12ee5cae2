"""Long work of the sub-room: many questions of the bank as a file."""

from typing import Any, Final

from django.utils.translation import gettext_lazy

from traektoria.core import audit, journal
from traektoria.core.errands import Doing, Made
from traektoria.core.files import XLSX
from traektoria.core.registries import ErrandKind, errand_kinds
from traektoria.diagnostics.bank.file_export import export_of, write_file
from traektoria.diagnostics.bank.queries import items_visible_to
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import Actor
from traektoria.people.permissions import check_keeps_centre

QUESTIONS: Final = "diagnostics.bank_file"
TYPES: Final = {"gift": "text/plain; charset=utf-8", "xlsx": XLSX}


def check(actor: Actor, facts: dict[str, Any]) -> None:
    check_keeps_centre(actor, facts["centre"])


def make_file(doing: Doing) -> Made:
    """Of the items chosen then, those that the person still sees."""
    form = doing.facts["form"]
    items = items_visible_to(doing.actor).filter(pk__in=doing.facts["items"]).order_by("pk")
    export = export_of(list(items.prefetch_related("pictures")), with_pictures=form == "gift")
    return Made(write_file(form, export.questions), f"bank.{form}", TYPES[form], len(export.questions))


def fetched(actor: Actor, facts: dict[str, Any]) -> None:
    centre = TutorCentre.objects.get(pk=facts["centre"])
    told = {"centre_id": centre.pk, "number": len(facts["items"])}
    journal.write(audit.unwritten("bank.export", centre, by=actor, **told))


errand_kinds.add(
    ErrandKind(QUESTIONS, 41, gettext_lazy("Questions of the bank as a file"), 500, check, make_file, fetched)
)

"""The register of tutors as a file: made by the worker where it is long."""

from typing import Any, Final

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.errands import Doing, Made
from traektoria.core.errors import Refused
from traektoria.core.files import XLSX
from traektoria.core.registries import ErrandKind, errand_kinds
from traektoria.organisations.models import TutorCentre
from traektoria.organisations.workbooks import list_workbook
from traektoria.organisations.zones import in_time_of
from traektoria.people.access_log import log_access
from traektoria.people.actor import Actor
from traektoria.people.enums import Purpose
from traektoria.tutors.register.queries.public import Entry, register_of
from traektoria.tutors.statuses import queries as statuses

REGISTER: Final = "tutors.register"


def check(actor: Actor, facts: dict[str, Any]) -> None:
    if not statuses.centres_kept_by(actor).filter(pk=facts["centre"]).exists():
        raise Http404


def make_register(doing: Doing) -> Made:
    """A workbook whose cells are all texts, so that nothing in them is computed."""
    centre = statuses.centres_kept_by(doing.actor).get(pk=doing.facts["centre"])
    head = [_("Tutor"), _("Subjects"), _("From"), _("To")]
    entries = _entries(centre)
    lines = [
        [one.name, ", ".join(map(str, one.subjects)), f"{one.start:%d.%m.%Y}", f"{one.end:%d.%m.%Y}" if one.end else ""]
        for one in doing.each(entries, len(entries))
    ]
    content = list_workbook(_("Register of tutors"), [head, *lines])
    return Made(content, f"tutors-register-{centre.pk}.xlsx", XLSX, len(lines), tuple(one.person_id for one in entries))


def _entries(centre: TutorCentre) -> list[Entry]:
    with in_time_of(centre):
        return register_of(centre)


def fetched(actor: Actor, facts: dict[str, Any]) -> None:
    """Raises ``Refused`` where somebody has left the register since: then the file is made anew."""
    centre = statuses.centres_kept_by(actor).get(pk=facts["centre"])
    if gone := set(facts.get("made_of", ())):
        gone -= {one.person_id for one in _entries(centre)}
    if gone:
        raise Refused(_("Somebody has left the register since this file was made. Make it again."))
    log_access(by=actor, purpose=Purpose.EXPORT, kind="tutors.register", subject_id=centre.pk, centre_id=centre.pk)


errand_kinds.add(
    ErrandKind(REGISTER, 20, gettext_lazy("Register of tutors as a file"), 500, check, make_register, fetched)
)

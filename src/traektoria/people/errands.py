"""Long work of the room: the staff as a file, and a table of staff that is read and written."""

from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.errands import Doing, Made
from traektoria.core.files import CSV, XLSX
from traektoria.core.registries import ErrandKind, errand_kinds
from traektoria.organisations.enums import ImportKind
from traektoria.organisations.models import TutorCentre
from traektoria.organisations.sheets import csv_bytes
from traektoria.organisations.table_errands import TableErrands
from traektoria.organisations.workbooks import list_workbook
from traektoria.people import actions, queries
from traektoria.people.access_log import log_access
from traektoria.people.actor import Actor
from traektoria.people.enums import Purpose
from traektoria.people.permissions import check_coordinates
from traektoria.people.staff_rows import COLUMNS
from traektoria.people.staff_table import export_rows, plan_staff

LIST: Final = "people.staff_list"


def check(actor: Actor, facts: dict[str, Any]) -> None:
    check_coordinates(actor, facts["centre"])


def make_list(doing: Doing) -> Made:
    """The staff in the columns of the template: what is given away can be corrected and loaded back."""
    centre = TutorCentre.objects.get(pk=doing.facts["centre"])
    people = queries.kept_by(doing.actor)
    number = people.count()
    found = export_rows(people, centre, lambda every: doing.each(every, number))
    rows, form = [[column.title for column in COLUMNS], *found], doing.facts["form"]
    content = csv_bytes(rows) if form == "csv" else list_workbook(_("Staff"), rows)
    return Made(content, f"staff.{form}", CSV if form == "csv" else XLSX, len(found))


def fetched(actor: Actor, facts: dict[str, Any]) -> None:
    log_access(by=actor, purpose=Purpose.EXPORT, kind="people.staff", subject_id=facts["centre"])


errand_kinds.add(ErrandKind(LIST, 10, gettext_lazy("Staff as a file"), 500, check, make_list, fetched))
STAFF = TableErrands(
    "people.staff",
    ImportKind.STAFF,
    COLUMNS,
    plan_staff,
    actions.keep_staff_table,
    actions.write_staff_table,
    "people:staff_import_check",
)
STAFF.register(12, reads=gettext_lazy("Reading a table of staff"), writes=gettext_lazy("Writing a table of staff"))

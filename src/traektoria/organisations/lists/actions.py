"""An official list is written, changed, taken out."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from traektoria.core import audit
from traektoria.core.errors import Conflict, Invalid
from traektoria.core.guard import ActingPerson
from traektoria.core.text import squash
from traektoria.organisations.enums import HelpReason, ImportKind
from traektoria.organisations.imports import keep_draft, keep_table
from traektoria.organisations.lists.reader import COLUMNS, pasted_table
from traektoria.organisations.models import ImportDraft, ListedSchool, SchoolList, TutorCentre


@transaction.atomic
def save_list(
    *, centre: TutorCentre, reason: HelpReason, year: int, source: str, schools: Collection[int], seen: int,
    by: ActingPerson,
) -> SchoolList:  # fmt: skip
    """The list of a year as it is from now on: these schools, from this document. ``seen`` is the edition that was on
    the page, 0 for none. The same once more writes nothing. Side effect: audit. Raises ``Invalid``, ``Conflict``."""
    source, wanted = squash(source), set(schools)
    if not source:
        raise Invalid(_("Say which document the list is from: its number and day."), code="no_source")
    if not wanted:
        raise Invalid(_("Tick at least one school, or take the list out."), code="no_schools")
    TutorCentre.objects.select_for_update(no_key=True).get(pk=centre.pk)
    if centre.schools().filter(pk__in=wanted).count() != len(wanted):
        raise Invalid(_("One of the schools is not of this centre."), code="not_of_centre")
    row = SchoolList.objects.filter(centre=centre, reason=reason, year=year).first()
    have = set(row.rows.values_list("school_id", flat=True)) if row else set()
    if row and (have, row.source) == (wanted, source):
        return row
    if (row.edition if row else 0) != seen:
        raise Conflict(
            _("This list has been changed since you opened it. Look at it as it is now and press again."),
            code="list_changed",
        )
    row = row or SchoolList(centre=centre, reason=reason, year=year, edition=0)
    row.source, row.edition = source, row.edition + 1
    row.save()
    row.rows.exclude(school__in=wanted).delete()
    ListedSchool.objects.bulk_create(ListedSchool(list=row, school_id=pk) for pk in sorted(wanted - have))
    audit.record(
        "organisations.list_saved", row, by=by, centre_id=centre.pk, added=len(wanted - have), left=len(have - wanted)
    )
    return row


@transaction.atomic
def remove_list(*, row: SchoolList, by: ActingPerson) -> None:
    """Its schools are helped by it no more; the audit event keeps what it was. A second press finds nothing."""
    TutorCentre.objects.select_for_update(no_key=True).get(pk=row.centre_id)
    if not SchoolList.objects.filter(pk=row.pk).exists():
        return
    facts = {"list": str(row), "source": row.source, "schools": row.rows.count()}
    audit.record("organisations.list_removed", row, by=by, centre_id=row.centre_id, **facts)
    row.delete()


def keep_list_table(
    *, centre: TutorCentre, about: dict[str, Any], file: Any = None, text: str = "", by: ActingPerson, token: Any = None
) -> ImportDraft:
    """A table of the list, a pasted one, or none (then schools are ticked by hand), kept for the preview. Nothing of it
    is in force. Raises ``Invalid``."""
    kept: dict[str, Any] = {"centre": centre, "kind": ImportKind.LISTS, "about": about, "by": by, "token": token}
    if file:
        return keep_draft(source=file.read(), file_name=file.name, columns=COLUMNS, **kept)
    table = pasted_table(text) if text.strip() else None
    return keep_table(table=table, letters=table.letters if table else {}, file_name="", **kept)

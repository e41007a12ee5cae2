"""Lists as files: made at once where they are short, by the worker where they are long."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django.http import Http404
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.errands import Doing, Made
from traektoria.core.errors import Invalid, Refused
from traektoria.core.files import CSV, XLSX
from traektoria.core.registries import ErrandKind, errand_kinds
from traektoria.engines import papers
from traektoria.engines.papers.process_apart import PAPERS
from traektoria.events.enrolment.permissions import reads_list
from traektoria.events.event.models import Event
from traektoria.events.event.queries.events import find_event
from traektoria.events.event.time_and_place import called
from traektoria.events.exports.columns import PEOPLE, TEACHERS, WIDTHS
from traektoria.events.exports.forms import CSV_FORM, PDF_FORM
from traektoria.events.exports.rows import ExportLine, people_of, teachers_of
from traektoria.organisations.models import TutorCentre
from traektoria.organisations.sheets import csv_bytes
from traektoria.organisations.workbooks import list_workbook
from traektoria.people.access_log import log_people
from traektoria.people.actor import Actor
from traektoria.people.enums import Purpose, Role

PEOPLE_LIST: Final = "events.people_list"
HOURS_LIST: Final = "events.hours_list"
LIGHT: Final = 500
"""Rows of a table; a page of paper is drawn slower (``PAPER``)."""
PAPER: Final = 10
PDF_TYPE: Final = "application/pdf"


def weight(rows: int, form: str) -> int:
    """So many rows of a table it is worth."""
    return rows * PAPER if form == PDF_FORM else rows


def list_of(actor: Actor, facts: dict[str, Any]) -> Event:
    """The event whose list the person reads. Raises ``Http404``, ``Refused``."""
    event = find_event(actor, facts["event"])
    if event is None:
        raise Http404
    if not reads_list(actor, event):
        raise Refused(_("The list is read by who leads the event."), code="not_the_leader")
    return event


def centre_of(actor: Actor, facts: dict[str, Any]) -> TutorCentre:
    """Raises ``Http404`` for who does not coordinate it."""
    if not actor.has(facts["centre"], Role.COORDINATOR):
        raise Http404
    return TutorCentre.objects.select_related("municipality").get(pk=facts["centre"])


def check_people(actor: Actor, facts: dict[str, Any]) -> None:
    list_of(actor, facts)


def check_hours(actor: Actor, facts: dict[str, Any]) -> None:
    centre_of(actor, facts)


def run_people(doing: Doing) -> Made:
    event = list_of(doing.actor, doing.facts)
    with translation.override("ru"):
        return _made(doing, people_of(event), PEOPLE, event.centre, (_("Participants"), called(event)))


def run_hours(doing: Doing) -> Made:
    facts = doing.facts
    centre = centre_of(doing.actor, facts)
    first, last = date.fromisoformat(facts["first"]), date.fromisoformat(facts["last"])
    with translation.override("ru"):
        title = _("Hours at events, %(first)s – %(last)s") % {"first": f"{first:%d.%m.%Y}", "last": f"{last:%d.%m.%Y}"}
        return _made(doing, teachers_of(centre, first, last), TEACHERS, centre, (title,))


def _made(doing: Doing, lines: Sequence[ExportLine], titles: dict[str, Any], centre: TutorCentre, title: Any) -> Made:
    columns, form = [one for one in titles if one in doing.facts["columns"]], doing.facts["form"]
    head = [str(titles[one]) for one in columns]
    rows = [line.cells(columns) for line in doing.each(lines, len(lines))]
    of = tuple(line.person for line in lines if line.person)
    name = f"{'participants' if titles is PEOPLE else 'hours'}.{form}"
    if form == PDF_FORM:
        return Made(_paper(head, rows, columns, centre, title), name, PDF_TYPE, len(rows), of)
    if form == CSV_FORM:
        return Made(csv_bytes([head, *rows]), name, CSV, len(rows), of)
    return Made(list_workbook(title[0], [head, *rows]), name, XLSX, len(rows), of)


def _paper(
    head: list[str], rows: list[list[str]], columns: list[str], centre: TutorCentre, title: tuple[str, ...]
) -> bytes:
    """Raises ``Invalid`` where it is too long to be set on paper."""
    parts = [WIDTHS[one] for one in columns]
    widths = tuple(part / sum(parts) for part in parts)
    table = papers.Table(tuple(head), widths, tuple(tuple(row) for row in rows))
    paper = papers.Paper(
        kind="list_of_people", file_name="list", issuer=(centre.name,), title=title, day=timezone.localdate(),
        blocks=(table,), landscape=len(columns) > 4,
    )  # fmt: skip
    try:
        papers.check_budget([head, rows])
        return PAPERS.ask(papers.pdf, paper)
    except papers.PaperTooLong:
        raise Invalid(_("The list is too long for paper: take a table, or fewer columns."), code="too_long") from None


def fetched_people(actor: Actor, facts: dict[str, Any]) -> None:
    event = list_of(actor, facts)
    _log(actor, facts, event.pk, event.centre_id, "enrolment")


def fetched_hours(actor: Actor, facts: dict[str, Any]) -> None:
    centre = centre_of(actor, facts)
    _log(actor, facts, centre.pk, centre.pk, "events.hours")


def _log(actor: Actor, facts: dict[str, Any], subject: int, centre: int, kind: str) -> None:
    """Whoever stands in the file reads in «My data» who took it."""
    people = set(facts.get("made_of", ()))
    log_people(by=actor, purpose=Purpose.EXPORT, kind=kind, subject_id=subject, people=people, centre_id=centre)


errand_kinds.add(
    ErrandKind(
        PEOPLE_LIST, 57, gettext_lazy("Participants of an event as a file"), LIGHT, check_people, run_people,
        fetched_people,
    )
)  # fmt: skip
errand_kinds.add(
    ErrandKind(
        HOURS_LIST, 58, gettext_lazy("Hours at events as a file"), LIGHT, check_hours, run_hours, fetched_hours,
    )
)  # fmt: skip

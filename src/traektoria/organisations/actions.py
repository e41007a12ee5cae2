"""Writes of the room: each atomic, with its audit event."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from traektoria.core import audit
from traektoria.core.errors import Invalid
from traektoria.core.guard import ActingPerson
from traektoria.core.text import squash
from traektoria.organisations.calendar_facts import facts_of
from traektoria.organisations.enums import ImportKind
from traektoria.organisations.imports import keep_draft, write_draft
from traektoria.organisations.models import (
    CalendarPeriod,
    ImportDraft,
    Municipality,
    School,
    SchoolYear,
    TutorCentre,
)
from traektoria.organisations.policies import check_period, check_serves_many
from traektoria.organisations.queries import school_year as year_row
from traektoria.organisations.regulations.actions import adopt_preset
from traektoria.organisations.school_table import COLUMNS, SchoolFacts, plan_schools


@transaction.atomic
def open_centre(
    *, municipality: Municipality, name: str, preset: str, start: date, full_name: str = "", founder: str = "",
    school: School | None = None, base_school: School | None = None, basis: str = "", by: ActingPerson | None,
) -> TutorCentre:  # fmt: skip
    """Found a centre under the regulation of ``preset``, in force from ``start`` by the document ``basis``.

    ``school``: the centre serves this school alone; ``base_school``: it was created at a school and serves all of the
    municipality. A centre of this name in the municipality is returned as it is, so a second press does nothing.
    """
    name = squash(name)
    Municipality.objects.select_for_update(no_key=True).get(pk=municipality.pk)
    have = TutorCentre.objects.filter(municipality=municipality, name=name).first()
    if have:
        return have
    centre = TutorCentre.objects.create(
        municipality=municipality, name=name, full_name=squash(full_name), founder=squash(founder), school=school,
        base_school=base_school,
    )  # fmt: skip
    audit.record("organisations.centre_opened", centre, by=by, centre_id=centre.pk, preset=preset)
    adopt_preset(centre=centre, name=preset, start=start, basis=basis, by=None)
    return centre


def add_school(*, centre: TutorCentre, digits: str, name: str, full_name: str = "", by: ActingPerson | None) -> School:
    """A new school of the centre's municipality. Raises ``Invalid`` when its code or name is taken."""
    check_serves_many(centre)
    with _unique_school():
        school = School.objects.create(
            municipality_id=centre.municipality_id, digits=digits, name=squash(name), full_name=squash(full_name)
        )
        audit.record("organisations.school_added", school, by=by, centre_id=centre.pk)
    return school


def change_school(
    *, school: School, centre: TutorCentre, digits: str, name: str, full_name: str, by: ActingPerson
) -> School:
    """Correct a school's names or code. Raises ``Invalid`` when they are taken."""
    with _unique_school():
        school.digits, school.name, school.full_name = digits, squash(name), squash(full_name)
        school.save()
        audit.record("organisations.school_changed", school, by=by, centre_id=centre.pk)
    return school


@contextmanager
def _unique_school() -> Iterator[None]:
    """A transaction in which the database's refusal of a second school becomes a sentence."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise Invalid(_("A school with this code or name is there already."), code="school_taken") from error


def keep_school_table(
    *, source: bytes, file_name: str, centre: TutorCentre, by: ActingPerson, token: UUID | None = None
) -> ImportDraft:
    """Read a table of schools and keep it for the preview, once for a ``token``. Raises ``Invalid``."""
    return keep_draft(
        source=source, file_name=file_name, centre=centre, kind=ImportKind.SCHOOLS, columns=COLUMNS, by=by, token=token
    )


def write_school_table(*, token: UUID, by: ActingPerson, told: Callable[[int, int], None] | None = None) -> ImportDraft:
    """Write a kept table of schools: all rows, in portions; a second time changes nothing."""
    return write_draft(token=token, plan=plan_schools, write=_write_school, by=by, told=told)


def _write_school(*, facts: SchoolFacts, centre: TutorCentre, by: ActingPerson) -> None:
    """An empty cell leaves the full name as it is."""
    school = School.objects.filter(digits=facts.digits).first()
    if school is None:
        add_school(centre=centre, digits=facts.digits, name=facts.name, full_name=facts.full_name, by=by)
        return
    full_name = facts.full_name or school.full_name
    change_school(school=school, centre=centre, digits=school.digits, name=facts.name, full_name=full_name, by=by)


@transaction.atomic
def change_centre(
    *, centre: TutorCentre, name: str, full_name: str, founder: str = "", time_zone: str | None = None, by: ActingPerson
) -> TutorCentre:
    """Names of the centre and its founder, the time zone of its municipality (None: as it was). Raises ``Invalid`` when
    the name is taken in the municipality."""
    name = squash(name)
    same = TutorCentre.objects.filter(municipality_id=centre.municipality_id, name=name).exclude(pk=centre.pk)
    if same.exists():
        raise Invalid(_("Another centre of this municipality has this name."), code="centre_name_taken")
    centre.name, centre.full_name, centre.founder = name, squash(full_name), squash(founder)
    centre.save()
    if time_zone is not None:
        Municipality.objects.filter(pk=centre.municipality_id).update(time_zone=time_zone)
    audit.record("organisations.centre_changed", centre, by=by, centre_id=centre.pk)
    return centre


@transaction.atomic
def save_period(
    *, period: CalendarPeriod | None, centre: TutorCentre, school: School | None, year: SchoolYear, kind: str,
    name: str, start: date, end: date, source: str, confirmed: bool, by: ActingPerson | None,
) -> CalendarPeriod:  # fmt: skip
    """Add a period of the calendar, or change ``period``. Raises ``Invalid`` (order, year, overlap, name)."""
    name = squash(name)
    check_period(
        centre=centre, school=school, year=year, kind=kind, name=name, start=start, end=end,
        except_for=period.pk if period else None,
    )  # fmt: skip
    event = "organisations.period_changed" if period else "organisations.period_added"
    row = period or CalendarPeriod(centre=centre)
    facts: Mapping[str, object] = {
        "school": school, "year": year, "kind": kind, "name": name, "start": start, "end": end,
        "source": squash(source), "confirmed": confirmed,
    }  # fmt: skip
    for field, value in facts.items():
        setattr(row, field, value)
    row.save()
    audit.record(event, row, by=by, centre_id=centre.pk)
    return row


@transaction.atomic
def remove_period(*, period: CalendarPeriod, by: ActingPerson) -> None:
    """Take a period out of the calendar; the audit event keeps its name and dates."""
    facts = {"name": period.name, "start": period.start.isoformat(), "end": period.end.isoformat()}
    audit.record("organisations.period_removed", period, by=by, centre_id=period.centre_id, **facts)
    period.delete()


@transaction.atomic
def load_calendar(*, centre: TutorCentre, start_year: int, by: ActingPerson | None) -> int:
    """Put the published dates of a year into the centre's calendar; returns how many were new.

    What the centre already has under the same name stays as it is, so a second click does nothing.
    """
    year = year_row(start_year)
    have = set(CalendarPeriod.objects.filter(centre=centre, school=None, year=year).values_list("name", flat=True))
    new = [fact for fact in facts_of(start_year) if fact.name not in have]
    CalendarPeriod.objects.bulk_create(
        CalendarPeriod(
            centre=centre, year=year, kind=fact.kind, name=fact.name, start=fact.start, end=fact.end,
            source=fact.source, confirmed=fact.confirmed,
        )
        for fact in new
    )  # fmt: skip
    if new:
        audit.record("organisations.calendar_loaded", centre, by=by, centre_id=centre.pk, year=start_year, new=len(new))
    return len(new)

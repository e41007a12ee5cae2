"""Editions of a checklist: begun from the default or the last one, changed while they are drafts, published."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core import audit
from traektoria.core.errors import Conflict, Invalid
from traektoria.people.actor import Actor, acting
from traektoria.planning.audits.content import (
    MOST_CRITERIA,
    ChecklistSection,
    Criterion,
    as_kept,
    criteria_of,
    default_sections,
    sections_of,
)
from traektoria.planning.audits.models import Checklist, ChecklistVersion
from traektoria.planning.audits.permissions import check_plan
from traektoria.planning.audits.policies import check_draft


@transaction.atomic
def usable_version(*, centre_id: int, kind: str) -> ChecklistVersion | None:
    """The edition by which an audit begins now. Of a kind of the presets the default one is published when it is first
    needed; None where the centre has to write one."""
    version = _published(centre_id, kind)
    if version is None and (sections := default_sections(kind)):
        _with_default(centre_id, kind, sections)
        version = _published(centre_id, kind)
    return version


@transaction.atomic
def begin_edition(*, centre_id: int, kind: str, by: Actor) -> ChecklistVersion:
    """A draft with what the last edition has; the one that is there already is found. Side effect: audit."""
    check_plan(by, centre_id)
    usable_version(centre_id=centre_id, kind=kind)
    checklist = _locked(Checklist.objects.get_or_create(centre_id=centre_id, kind=kind)[0])
    last = checklist.versions.first()
    if last is not None and last.published_at is None:
        return last
    draft = ChecklistVersion.objects.create(
        checklist=checklist, number=last.number + 1 if last else 1, sections=last.sections if last else []
    )
    audit.record("checklist.begin", draft, by=by, centre_id=centre_id, kind=kind)
    return draft


@transaction.atomic
def add_criterion(*, version: ChecklistVersion, section: str, given: dict[str, Any], by: Actor) -> Criterion:
    """At the end of the section of this title; a new title is a new section. The number is one that was never given."""

    def add(sections: list[ChecklistSection], checklist: Checklist) -> Criterion:
        if len(criteria_of(sections)) >= MOST_CRITERIA:
            raise Invalid(_("A checklist has %(most)s criteria at most.") % {"most": MOST_CRITERIA}, code="too_many")
        checklist.last_number += 1
        made = Criterion(number=checklist.last_number, **_checked(given))
        _section(sections, section).criteria.append(made)
        return made

    made: Criterion = _changed(version, by, add)
    return made


@transaction.atomic
def change_criterion(
    *, version: ChecklistVersion, number: int, section: str, given: dict[str, Any], by: Actor
) -> Criterion:
    """Its number stays: answers of other years stand beside. A criterion about something else is a new one."""

    def change(sections: list[ChecklistSection], _checklist: Checklist) -> Criterion:
        home = _home(sections, number)
        place = next(at for at, one in enumerate(home.criteria) if one.number == number)
        made = Criterion(number=number, **_checked(given))
        if home.title == section:
            home.criteria[place] = made
        else:
            del home.criteria[place]
            _section(sections, section).criteria.append(made)
        return made

    made: Criterion = _changed(version, by, change)
    return made


@transaction.atomic
def drop_criterion(*, version: ChecklistVersion, number: int, by: Actor) -> None:
    """Out of this edition; older ones have it still."""

    def drop(sections: list[ChecklistSection], _checklist: Checklist) -> None:
        home = _home(sections, number)
        home.criteria = [one for one in home.criteria if one.number != number]

    _changed(version, by, drop)


@transaction.atomic
def raise_criterion(*, version: ChecklistVersion, number: int, by: Actor) -> None:
    """A place higher in its section."""

    def lift(sections: list[ChecklistSection], _checklist: Checklist) -> None:
        rows = _home(sections, number).criteria
        place = next(at for at, one in enumerate(rows) if one.number == number)
        if place:
            rows[place - 1], rows[place] = rows[place], rows[place - 1]

    _changed(version, by, lift)


@transaction.atomic
def publish_edition(*, version: ChecklistVersion, by: Actor) -> ChecklistVersion:
    """Audits that begin from now on go by it. A second press does nothing. Side effect: audit."""
    row = _draft(version, by, published_too=True)
    if row.published_at is None:
        if not criteria_of(sections_of(row.sections)):
            raise Invalid(_("A checklist without criteria can't be published."), code="empty")
        row.published_at, row.published_by_id = timezone.now(), acting(by)
        row.save(update_fields=["published_at", "published_by"])
        audit.record("checklist.publish", row, by=by, centre_id=row.checklist.centre_id, kind=row.checklist.kind)
    return row


@transaction.atomic
def drop_edition(*, version: ChecklistVersion, by: Actor) -> None:
    """A draft that nobody needs. Numbers that it gave are not given again. Side effect: audit."""
    row = _draft(version, by)
    audit.record("checklist.drop", row, by=by, centre_id=row.checklist.centre_id, kind=row.checklist.kind)
    row.delete()


def _published(centre_id: int, kind: str) -> ChecklistVersion | None:
    rows = ChecklistVersion.objects.filter(checklist__centre=centre_id, checklist__kind=kind)
    return rows.filter(published_at__isnull=False).first()


def _with_default(centre_id: int, kind: str, sections: list[ChecklistSection]) -> None:
    numbers = criteria_of(sections)
    checklist, is_new = Checklist.objects.get_or_create(
        centre_id=centre_id, kind=kind, defaults={"last_number": max(numbers)}
    )
    if is_new:
        ChecklistVersion.objects.create(
            checklist=checklist, number=1, sections=as_kept(sections), published_at=timezone.now()
        )


def _locked(checklist: Checklist) -> Checklist:
    return Checklist.objects.select_for_update(no_key=True).get(pk=checklist.pk)


def _draft(version: ChecklistVersion, by: Actor, *, published_too: bool = False) -> ChecklistVersion:
    """The checklist is locked first, then the edition is read."""
    checklist = _locked(version.checklist)
    check_plan(by, checklist.centre_id)
    row = ChecklistVersion.objects.filter(pk=version.pk).first()
    if row is None:
        raise Conflict(_("This draft was thrown away meanwhile."), code="gone")
    row.checklist = checklist
    if not published_too:
        check_draft(row)
    return row


def _changed(version: ChecklistVersion, by: Actor, change: Callable[[list[ChecklistSection], Checklist], Any]) -> Any:
    row = _draft(version, by)
    sections = sections_of(row.sections)
    made = change(sections, row.checklist)
    row.sections = as_kept([one for one in sections if one.criteria])
    row.save(update_fields=["sections"])
    row.checklist.save(update_fields=["last_number"])
    return made


def _checked(given: dict[str, Any]) -> dict[str, Any]:
    if given["partly"] > given["points"]:
        raise Invalid(_("«In part» can't give more points than «there is»."), code="points")
    return given


def _section(sections: list[ChecklistSection], title: str) -> ChecklistSection:
    found = next((one for one in sections if one.title == title), None)
    if found is None:
        found = ChecklistSection(title)
        sections.append(found)
    return found


def _home(sections: list[ChecklistSection], number: int) -> ChecklistSection:
    for section in sections:
        if any(one.number == number for one in section.criteria):
            return section
    raise Conflict(_("This criterion was taken out meanwhile."), code="gone")

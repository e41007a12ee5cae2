"""A result of a contest is said, corrected and taken back."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core import audit
from traektoria.core.errors import Invalid
from traektoria.core.installation import leavings
from traektoria.core.installation.roots import UPLOADS
from traektoria.core.kept_files import erase, filing, keep
from traektoria.events.announcements.models import Announcement
from traektoria.events.event.locks import locked_event
from traektoria.events.event.models import Event
from traektoria.events.event.policies import of_centre
from traektoria.events.event.time_and_place import zone_of
from traektoria.events.results.models import ContestResult, Place
from traektoria.events.results.permissions import check_change, check_say, check_take_back
from traektoria.events.results.policies import SCANS, Contest, check_takes_results
from traektoria.events.results.queries import of_contest
from traektoria.organisations import zones
from traektoria.people.actor import Actor, acting


@dataclass(frozen=True)
class Result:
    """As the form gives it."""

    place: str
    day: date
    words: str = ""
    file: File[bytes] | None = None


@filing()
def say_result(
    *, contest: Contest, people: Collection[int], result: Result, by: Actor, now: datetime | None = None
) -> list[ContestResult]:
    """One a person and contest: said again, it is corrected; a scan proves the result that it came with and goes with
    it. Title and level stay as they were when it was first said. Side effects: audit. Raises ``Refused``, ``Conflict``,
    ``Invalid``."""
    row = _locked(contest)
    for person in people:
        check_say(by, row, person)
    check_takes_results(row, now or timezone.now())
    _check(row, people, result)
    said = ContestResult.objects.filter(person__in=people, **of_contest(row)).select_related("person")
    known = {one.person_id: one for one in said}
    if known and len(people) > 1:
        names = ", ".join(sorted(one.person.short_name for one in known.values()))
        text = _("Written down already: %(names)s. A result is corrected one by one.") % {"names": names}
        raise Invalid(text, code="said_already")
    for one in known.values():
        check_change(by, row, one)
    return [_write(row, person, known.get(person), result, by) for person in sorted(people)]


def _locked(contest: Contest) -> Contest:
    """Results of one contest are said and taken back one after another."""
    if isinstance(contest, Event):
        return locked_event(contest.pk)
    rows = Announcement.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("centre__municipality").get(pk=contest.pk)


def _check(contest: Contest, people: Collection[int], result: Result) -> None:
    if not people:
        raise Invalid(_("Say whose result it is."), code="nobody")
    if len(of_centre(people, contest.centre_id)) != len(set(people)):
        raise Invalid(_("Somebody of them works in the centre no more."), code="left")
    if result.place not in Place.values:
        raise Invalid(_("Choose the result."), code="no_place")
    zone = zone_of(contest) if isinstance(contest, Event) else zones.zone(contest.centre.municipality.time_zone)
    if result.day > timezone.localdate(timezone=zone):
        raise Invalid(_("The day of the result has not come yet."), code="not_yet")
    if result.file is not None and len(people) > 1:
        raise Invalid(_("A scan belongs to one person: write the results down one by one."), code="one_scan")


def _write(contest: Contest, person: int, said: ContestResult | None, result: Result, by: Actor) -> ContestResult:
    """A scan that stays counts for who brought it, whoever writes now."""
    key: dict[str, Any] = {"event" if isinstance(contest, Event) else "announcement": contest, "person_id": person}
    made = said or ContestResult(centre_id=contest.centre_id, title=contest.title, level=contest.level, **key)
    before = str(made.file.name or "")
    stays = bool(before) and result.file is None and made.place == result.place
    made.place, made.day, made.words = result.place, result.day, result.words.strip()[:200]
    made.by_id = acting(by)
    if not stays:
        made.file_by, made.file_name = None, ""
    if result.file is not None:
        _keep(made, result.file)
    elif stays:
        made.save()
    else:
        made.file = ""
        made.save()
    if before and not stays:
        leavings.let_go(UPLOADS, before)
    audit.record("event.result", made, by=by, person=person, place=result.place)
    return made


def _keep(made: ContestResult, file: File[bytes]) -> None:
    """For who brought it."""
    ready = SCANS.look_at(file)
    made.file_by_id, made.file_name = made.by_id, ready.name
    keep([(made.file, ready)], person_id=made.by_id, centre_id=made.centre_id)


@transaction.atomic
def take_result_back(*, row: ContestResult, reason: str = "", by: Actor) -> None:
    """With a ``reason`` where it was written for somebody. The stored scan goes after the commit. Twice is once. Side
    effects: audit. Raises ``Refused``, ``Invalid``."""
    contest = _locked(row.contest)
    found = ContestResult.objects.select_for_update(of=("self",), no_key=True).filter(pk=row.pk).first()
    if found is None:
        return
    check_take_back(by, contest, found)
    why = reason.strip() if found.is_kept else ""
    if found.is_kept and not why:
        raise Invalid(_("Say why the result is taken back."), code="no_reason")
    audit.record("event.result_off", found, by=by, person=found.person_id, reason=why)
    erase(found.file)

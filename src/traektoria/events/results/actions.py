"""A result of a contest is said, corrected and taken back."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core import audit
from traektoria.core.errors import Conflict, Invalid, Refused
from traektoria.core.files import check_file
from traektoria.core.installation import leavings
from traektoria.core.installation.room import check_quota
from traektoria.core.installation.roots import UPLOADS
from traektoria.events.event.enums import STANDS
from traektoria.events.event.models import Event
from traektoria.events.event.policies import of_centre
from traektoria.events.event.where import zone_of
from traektoria.events.results.models import ContestResult, Place
from traektoria.events.results.permissions import Contest, check_say, keeps_results
from traektoria.organisations import zones
from traektoria.people.actor import Actor
from traektoria.routes.tutees.permissions import acting

KINDS = frozenset({"pdf", "jpg", "png", "webp"})


@dataclass(frozen=True)
class Result:
    """As the form gives it."""

    place: str
    day: date
    words: str = ""
    file: File[bytes] | None = None


@transaction.atomic
def say_result(*, contest: Contest, people: Collection[int], result: Result, by: Actor) -> list[ContestResult]:
    """One a person and contest: said again, it is corrected, and a new scan takes the place of the old one. Title and
    level stay as they were when it was first said. Side effects: audit. Raises ``Refused``, ``Conflict``,
    ``Invalid``."""
    row = type(contest)._default_manager.select_for_update(of=("self",), no_key=True).get(pk=contest.pk)
    for person in people:
        check_say(by, row, person)
    _check(row, people, result)
    return [_write(row, person, result, by) for person in sorted(people)]


def _check(contest: Contest, people: Collection[int], result: Result) -> None:
    if not people:
        raise Invalid(_("Say whose result it is."), code="nobody")
    if len(of_centre(people, contest.centre_id)) != len(set(people)):
        raise Invalid(_("Somebody of them is not of the centre now."), code="left")
    if result.place not in Place.values:
        raise Invalid(_("Choose the result."), code="no_place")
    zone = zone_of(contest) if isinstance(contest, Event) else zones.zone(contest.centre.municipality.time_zone)
    if result.day > timezone.localdate(timezone=zone):
        raise Invalid(_("The day of the result has not come yet."), code="not_yet")
    if isinstance(contest, Event) and contest.state not in STANDS:
        raise Conflict(_("This event was not held."), code="state")
    if result.file is not None and len(people) > 1:
        raise Invalid(_("A scan belongs to one person: write the results down one by one."), code="one_scan")


def _write(contest: Contest, person: int, result: Result, by: Actor) -> ContestResult:
    key: dict[str, Any] = {"event" if isinstance(contest, Event) else "announcement": contest, "person_id": person}
    made = ContestResult.objects.filter(**key).first() or ContestResult(
        centre_id=contest.centre_id, title=contest.title, level=contest.level, **key
    )
    made.place, made.day, made.words, made.by_id = result.place, result.day, result.words.strip()[:200], acting(by)
    if result.file is None:
        made.save()
    else:
        _keep(made, result.file)
    audit.record("event.result", made, by=by, person=person, place=result.place)
    return made


def _keep(made: ContestResult, file: File[bytes]) -> None:
    """Under a random name; the file that it replaces goes after the commit."""
    checked = check_file(file, str(file.name), file.size, settings.UPLOAD_LIMIT)
    if checked.kind not in KINDS:
        raise Invalid(_("Attach a scan or a photo: PDF, JPG, PNG or WEBP."), code="no_scan")
    check_quota(person_id=made.by_id, centre_id=made.centre_id, size=file.size)
    storage, before = made.file.storage, str(made.file.name or "")
    place = made.file.field.generate_filename(made, f"{uuid4().hex}.{checked.kind}")
    try:
        file.seek(0)
        made.file_name = checked.name
        made.file.save(place.rpartition("/")[2], file, save=False)
        made.save()
    except BaseException:
        storage.delete(place)
        raise
    if before:
        leavings.let_go(UPLOADS, before)


@transaction.atomic
def take_result_back(*, row: ContestResult, by: Actor) -> None:
    """The stored scan goes after the commit. Twice is once. Side effects: audit. Raises ``Refused``."""
    contest = row.contest
    if row.person_id != by.person_id and not keeps_results(by, contest):
        raise Refused(_("A result is taken back by whose it is, or by who leads the event."), code="not_yours")
    found = ContestResult.objects.select_for_update(of=("self",), no_key=True).filter(pk=row.pk).first()
    if found is None:
        return
    name = str(found.file.name or "")
    audit.record("event.result_off", found, by=by, person=row.person_id)
    found.delete()
    if name:
        leavings.let_go(UPLOADS, name)

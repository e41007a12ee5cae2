"""A programme of a tutorial is written, its meetings are changed, a version is released, it is put aside."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from traektoria.core import audit
from traektoria.events.event.facts import words_of
from traektoria.events.event.permissions import check_begin
from traektoria.events.tutorials.content import Module, Whole, kept_of, materials_of, modules_of
from traektoria.events.tutorials.models import TutorialProgramme, TutorialVersion
from traektoria.events.tutorials.permissions import check_write
from traektoria.events.tutorials.policies import check_edition, check_modules, check_release, check_title
from traektoria.events.tutorials.queries.programmes import newest_of
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import Actor, acting


@dataclass(frozen=True)
class ProgrammeFacts:
    """What is written of the whole; its meetings are written one by one."""

    title: str
    about: str = ""
    subjects: tuple[str, ...] = ()
    classes: str = ""
    materials: str = ""


@transaction.atomic
def make_programme(*, centre: TutorCentre, facts: ProgrammeFacts, by: Actor) -> TutorialProgramme:
    """On the shelf of the centre, without meetings yet. Side effects: audit."""
    check_begin(by, centre.pk)
    row = TutorialProgramme(centre=centre, author_id=acting(by))
    _write(row, facts)
    audit.record("tutorial_programme.make", row, by=by)
    return row


@transaction.atomic
def take_programme(
    *, centre: TutorCentre, facts: ProgrammeFacts, modules: Sequence[Module], origin: str, by: Actor
) -> TutorialProgramme:
    """A programme of another centre on the shelf of this one, with its meetings; ``origin`` says whose it was. It is
    not released yet: who took it looks at it first. Side effects: audit."""
    check_begin(by, centre.pk)
    check_modules(modules)
    row = TutorialProgramme(centre=centre, author_id=acting(by), origin=origin, modules=kept_of(modules))
    _write(row, facts)
    audit.record("tutorial_programme.take", row, by=by, origin=origin)
    return row


@transaction.atomic
def edit_programme(
    *, programme: TutorialProgramme, facts: ProgrammeFacts, by: Actor, edition: int | None = None
) -> TutorialProgramme:
    """Events that were made of it stay as they are. Side effects: audit."""
    row = _locked(programme, by, edition)
    row.edition += 1
    _write(row, facts)
    audit.record("tutorial_programme.edit", row, by=by)
    return row


@transaction.atomic
def write_module(
    *, programme: TutorialProgramme, place: int, module: Module, by: Actor, edition: int | None = None
) -> TutorialProgramme:
    """The meeting number ``place`` from one on, or one more after the last."""
    row = _locked(programme, by, edition)
    modules = modules_of(row.modules)
    modules[place - 1 : place] = [module]
    return _keep_modules(row, modules, by)


@transaction.atomic
def remove_module(
    *, programme: TutorialProgramme, place: int, by: Actor, edition: int | None = None
) -> TutorialProgramme:
    """Versions that were released keep it."""
    row = _locked(programme, by, edition)
    modules = modules_of(row.modules)
    del modules[place - 1 : place]
    return _keep_modules(row, modules, by)


def _keep_modules(row: TutorialProgramme, modules: Sequence[Module], by: Actor) -> TutorialProgramme:
    check_modules(modules)
    row.modules = kept_of(modules)
    row.edition += 1
    row.save(update_fields=["modules", "edition"])
    audit.record("tutorial_programme.edit", row, by=by)
    return row


@transaction.atomic
def release_programme(*, programme: TutorialProgramme, by: Actor, edition: int | None = None) -> TutorialVersion:
    """What is written now becomes the next version, of which events are made. Where nothing has changed since the
    newest one, that one stays. Side effects: audit."""
    row = _locked(programme, by, edition)
    check_release(row)
    newest, whole = newest_of(row), whole_of(row)
    if newest is not None and newest.content == whole:
        return newest
    number = newest.number + 1 if newest else 1
    made = TutorialVersion.objects.create(programme=row, number=number, content=whole, by_id=acting(by))
    audit.record("tutorial_programme.release", row, by=by, number=number)
    return made


@transaction.atomic
def put_aside(*, programme: TutorialProgramme, aside: bool, by: Actor) -> TutorialProgramme:
    """It is held no more, or again. Twice is once. Side effects: audit."""
    row = _locked(programme, by, None)
    if (row.archived_at is not None) == aside:
        return row
    row.archived_at = timezone.now() if aside else None
    row.save(update_fields=["archived_at"])
    audit.record("tutorial_programme.aside" if aside else "tutorial_programme.back", row, by=by)
    return row


def whole_of(row: TutorialProgramme) -> Whole:
    """As a version keeps it."""
    return {
        "title": row.title, "about": row.about, "subjects": row.subject_list, "classes": row.classes,
        "materials": row.materials, "modules": kept_of(modules_of(row.modules)),
    }  # fmt: skip


def _locked(programme: TutorialProgramme, by: Actor, edition: int | None) -> TutorialProgramme:
    rows = TutorialProgramme.objects.select_for_update(of=("self",), no_key=True)
    row = rows.select_related("centre__municipality").get(pk=programme.pk)
    check_write(by, row)
    check_edition(row, edition)
    return row


def _write(row: TutorialProgramme, facts: ProgrammeFacts) -> None:
    check_title(facts.title)
    materials_of(facts.materials)
    row.title, row.about, row.classes = facts.title.strip(), facts.about, facts.classes
    row.subjects, row.materials = words_of(facts.subjects), facts.materials
    row.save()

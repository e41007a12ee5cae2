"""Importing a file: what is written, what is refused, what is left behind."""

import hashlib
import os
from pathlib import Path

import pytest
from django.conf import settings

from tests.factories import make_centre, make_member, make_school
from tests.results.samples import make_dataset, make_file, schools
from tests.world import World
from traektoria.core.errors import Conflict, Invalid, Refused
from traektoria.core.installation import leavings
from traektoria.core.models import AuditEvent, Leaving
from traektoria.demo.files import LAYOUTS
from traektoria.demo.simulation import CLEAN
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import actor_of
from traektoria.people.enums import Role
from traektoria.results import dataset_import
from traektoria.results.actions import delete_dataset, import_file, map_rest, map_school
from traektoria.results.models import Dataset, DatasetKind, DatasetSchool
from traektoria.results.policies import AlreadyImported
from traektoria.results.queries import school_of_code, unknown_codes
from traektoria.results.refusals import AnswersNeeded

pytestmark = pytest.mark.django_db
ANSWERS = {"procedure": "vpr", "year": 2021, "subject": "math", "grade": 4, "school": "sch990001"}


@pytest.fixture
def centre() -> TutorCentre:
    return make_centre()


def folders() -> set[str]:
    target = Path(settings.DATASETS)
    return {path.name for path in target.iterdir()} if target.is_dir() else set()


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_every_layout_becomes_a_dataset(centre: TutorCentre, layout: str) -> None:
    content, name = make_file(layout)
    dataset = import_file(centre=centre, content=content, filename=name, by=None, answers=ANSWERS).dataset
    assert (dataset.procedure, dataset.year, dataset.subject, dataset.grade) == ("vpr", 2021, "math", 4)
    assert dataset.sha256 == hashlib.sha256(content).hexdigest()
    assert dataset.path.is_dir()
    assert dataset.participants > 20
    aggregated = layout in {"f3_marks", "journal_comparison"}
    assert (dataset.kind != DatasetKind.ANSWERS) == aggregated
    assert bool(dataset.aggregate) == aggregated


def test_the_import_is_written_in_the_audit_trail(centre: TutorCentre) -> None:
    dataset = make_dataset(centre).dataset
    event = AuditEvent.objects.get(event="results.dataset_imported")
    assert (event.object_id, event.centre_id) == (dataset.pk, centre.pk)


def test_the_same_file_twice_is_refused_and_says_which(centre: TutorCentre) -> None:
    content, name = make_file()
    first = import_file(centre=centre, content=content, filename=name, by=None).dataset
    before = folders()
    with pytest.raises(AlreadyImported) as refusal:
        import_file(centre=centre, content=content, filename="другое имя.xlsx", by=None)
    assert refusal.value.dataset == first
    assert name in refusal.value.sentence
    assert folders() == before
    import_file(centre=make_centre(), content=content, filename=name, by=None)


def test_what_the_file_does_not_say_is_asked(centre: TutorCentre) -> None:
    content, _name = make_file("plain_utf8")
    before = folders()
    with pytest.raises(AnswersNeeded) as asked:
        import_file(centre=centre, content=content, filename="таблица.csv", by=None)
    assert set(asked.value.missing) >= {"year", "subject"}
    assert folders() == before
    answers = {name: ANSWERS[name] for name in asked.value.missing}
    assert import_file(centre=centre, content=content, filename="таблица.csv", by=None, answers=answers).dataset.pk


def test_a_row_that_fails_leaves_no_folder(centre: TutorCentre, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(dataset_import, "school_rows", fail)
    content, name = make_file()
    before = folders()
    with pytest.raises(RuntimeError):
        import_file(centre=centre, content=content, filename=name, by=None)
    assert (folders(), Dataset.objects.count()) == (before, 0)


def test_only_the_coordinator_of_the_centre_imports(world: World) -> None:
    content, name = make_file()
    for viewer in ("tutor", "teacher", "head", "administrator", "foreign_coordinator"):
        with pytest.raises(Refused):
            import_file(centre=world.own, content=content, filename=name, by=actor_of(world.accounts[viewer]))
    import_file(centre=world.own, content=content, filename=name, by=actor_of(world.accounts["coordinator"]))


def test_schools_are_known_by_their_digits_and_by_name(centre: TutorCentre) -> None:
    first, second = make_school(centre, "СОШ № 1", "990001"), make_school(centre, "Лицей «Ёлка»", "990555")
    assert school_of_code(centre, "sch990001") == first
    assert school_of_code(centre, "EDU990001") == first
    assert school_of_code(centre, "лицей «елка»") == second
    assert school_of_code(centre, "sch990777") is None
    assert school_of_code(make_centre(), "sch990001") is None


def test_an_unknown_school_is_mapped_once_and_for_all(centre: TutorCentre) -> None:
    make_school(centre, "СОШ № 1", "990001")
    mine = make_school(centre, "СОШ № 2", "990222")
    outcome = make_dataset(centre)
    assert outcome.unknown == ("sch990002", "sch990003")
    assert unknown_codes(centre.pk) == 2
    map_school(centre=centre, code="sch990002", school=mine, by=None)
    map_school(centre=centre, code="sch990003", school=None, by=None)
    assert unknown_codes(centre.pk) == 0
    assert DatasetSchool.objects.get(dataset=outcome.dataset, code="sch990002").school == mine
    later = make_dataset(centre, "f1_individual", seed=3)
    assert later.unknown == ()
    assert DatasetSchool.objects.get(dataset=later.dataset, code="edu990002").school == mine


def test_a_school_of_another_centre_can_not_be_chosen(centre: TutorCentre) -> None:
    with pytest.raises(Invalid):
        map_school(centre=centre, code="sch990002", school=make_school(make_centre()), by=None)


def test_the_rest_is_said_to_be_foreign_at_once(centre: TutorCentre) -> None:
    outcome = make_dataset(centre)
    assert map_rest(centre=centre, codes=list(outcome.unknown), by=None) == 3
    assert map_rest(centre=centre, codes=list(outcome.unknown), by=None) == 0
    assert unknown_codes(centre.pk) == 0


def test_other_districts_of_a_region_are_nobodys_question(centre: TutorCentre) -> None:
    make_school(centre, "СОШ № 1", "990001")
    elsewhere = schools("Другой район", (7, 8))
    assert make_dataset(centre, specs=[*schools(), *elsewhere]).unknown == ("sch990002", "sch990003")


def test_a_dataset_is_deleted_with_its_folder(
    centre: TutorCentre, django_capture_on_commit_callbacks: pytest.FixtureRequest
) -> None:
    dataset = make_dataset(centre).dataset
    path = dataset.path
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        delete_dataset(dataset=dataset, by=None)
    assert not path.exists()
    assert AuditEvent.objects.filter(event="results.dataset_deleted").exists()


def test_a_cited_dataset_stays(centre: TutorCentre) -> None:
    from traektoria.diagnostics.models import Hypothesis

    dataset = make_dataset(centre, dirt=CLEAN).dataset
    person = make_member(centre, Role.TEACHER).person
    Hypothesis.objects.create(
        centre=centre, person=person, subject="math", block="subject", topic="Доли", origin="results", dataset=dataset
    )
    with pytest.raises(Conflict) as refusal:
        delete_dataset(dataset=dataset, by=None)
    assert refusal.value.code == "dataset_in_use"
    assert dataset.path.is_dir()
    assert Dataset.objects.filter(pk=dataset.pk).exists()


def test_what_no_row_names_is_nobodys_to_sweep(centre: TutorCentre) -> None:
    target = Path(settings.DATASETS)
    for name in ("orphan", ".tmp-import-x", ".tmp-y"):
        (target / name).mkdir(parents=True)
        os.utime(target / name, (0, 0))
    kept = make_dataset(centre).dataset
    assert {"orphan", ".tmp-import-x", ".tmp-y", kept.folder} <= folders()
    for name in ("orphan", ".tmp-import-x", ".tmp-y"):
        (target / name).rmdir()


def test_a_finished_import_has_no_leavings(centre: TutorCentre) -> None:
    make_dataset(centre)
    assert not Leaving.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_deleted_dataset_goes_with_its_folder_even_where_the_deletion_was_cut_short(
    centre: TutorCentre, monkeypatch: pytest.MonkeyPatch
) -> None:
    dataset = make_dataset(centre).dataset
    with monkeypatch.context() as killed:
        killed.setattr(leavings, "_clear", lambda rows: 0)
        delete_dataset(dataset=dataset, by=None)
    assert dataset.path.is_dir()
    leavings.sweep()
    assert not dataset.path.exists()
    assert not Leaving.objects.exists()

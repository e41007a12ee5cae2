"""Two files of one work: which of them readers see, and what they could learn from having seen both."""

import io
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError

from tests.results.samples import Pupil, load_plain, make_dataset, plain_file, pupils
from tests.world import World
from traektoria.results import publication
from traektoria.results.actions import delete_dataset, import_file
from traektoria.results.models import Dataset, PublishedState

pytestmark = pytest.mark.django_db
SIZES = {f"sch99000{n}": {"5А": 24, "5Б": 22} for n in range(1, 6)} | {"sch990008": {"5А": 5}, "sch990009": {"5А": 8}}
EVERYBODY = pupils(SIZES)
MORE = pupils({"sch990006": {"5А": 25}, "sch990007": {"5А": 25}})
ONE: Pupil = ("sch990001", "5А", 3)


def shown(client: Any) -> list[int]:
    """Datasets on the list of results, as links with their participants."""
    page = client.get("/results/").content.decode().split("Файлы, которых читатели не видят")[0]
    return [pk for pk in Dataset.objects.values_list("pk", flat=True) if f'href="/results/{pk}/"' in page]


def total(dataset: Dataset) -> int:
    out = io.StringIO()
    call_command("results_table", str(dataset.pk), "--table", "primary", stdout=out)
    return int(json.loads(out.getvalue())["rows"][0]["n"])


def test_a_corrected_file_without_one_pupil_waits_and_says_so(world: World, as_: Any) -> None:
    first = load_plain(world.own, EVERYBODY).dataset
    client = as_("coordinator")
    second = load_plain(world.own, [one for one in EVERYBODY if one != ONE], "исправлено.csv")
    assert second.replaces == (first,)
    assert shown(client) == [first.pk]
    page = client.get(f"/results/{first.pk}/").content.decode()
    assert "Более новый файл ждёт" in page
    assert "исправлено.csv" in page
    aside = client.get(f"/results/{second.dataset.pk}/").content.decode()
    assert "Этот файл пока не показан" in aside
    assert f"/results/{first.pk}/" in aside
    for address in ("table.xlsx", "tasks/1/"):
        assert client.get(f"/results/{second.dataset.pk}/{address}").status_code == 404
    with pytest.raises(CommandError):
        total(second.dataset)
    everywhere = "".join(
        client.get(url).content.decode() for url in ("/results/", "/results/schools/", "/results/upload/")
    )
    assert f"{len(EVERYBODY) - 1}" not in everywhere


@pytest.mark.parametrize("how", ["left", "came", "corrected"])
def test_ten_pupils_of_two_schools_set_the_total_free(world: World, how: str) -> None:
    few = [("sch990001", "5А", n) for n in range(4)]
    many = [*few, *(("sch990002", "5Б", n) for n in range(8))]

    def load(changed: list[Pupil], name: str) -> Dataset:
        people = [one for one in EVERYBODY if one not in changed or how != "left"]
        people += [(school, f"{group}", number + 50) for school, group, number in changed if how == "came"]
        return load_plain(world.own, people, name, corrected=changed if how == "corrected" else ()).dataset

    first = load_plain(world.own, EVERYBODY).dataset
    assert not load(few, "мало.csv").is_shown
    third = load(many, "много.csv")
    assert third.is_shown
    assert list(Dataset.objects.shown()) == [third]
    decision = publication.decisions_of(third).everybody
    assert not decision.hides(())
    assert decision.hides((None, None, "sch990001"))
    assert not decision.hides((None, None, "sch990003"))
    assert Dataset.objects.get(pk=first.pk).is_replaced


def test_a_replaced_file_is_shown_nowhere_and_returns_with_the_deletion_of_the_newer(world: World, as_: Any) -> None:
    first = load_plain(world.own, EVERYBODY).dataset
    second = load_plain(world.own, [*EVERYBODY, *MORE], "полнее.csv").dataset
    client = as_("coordinator")
    assert shown(client) == [second.pk]
    page = client.get(f"/results/{first.pk}/").content.decode()
    assert "Этот файл заменён более новым" in page
    assert 'class="table' not in page
    assert client.get(f"/results/{first.pk}/table.xlsx").status_code == 404
    with pytest.raises(CommandError):
        total(first)
    delete_dataset(dataset=second, by=None)
    assert shown(client) == [first.pk]


def test_a_large_school_that_comes_alone_waits_and_the_page_says_why(world: World, as_: Any) -> None:
    first = load_plain(world.own, EVERYBODY).dataset
    alone = load_plain(world.own, [*EVERYBODY, *MORE[:25]], "одна школа.csv").dataset
    assert not alone.is_shown
    page = as_("coordinator").get(f"/results/{first.pk}/").content.decode().replace("\xa0", " ")
    assert "не меньше 10 учеников из двух школ или больше" in page


def test_deleting_and_loading_again_is_no_way_round(world: World) -> None:
    delete_dataset(dataset=load_plain(world.own, EVERYBODY).dataset, by=None)
    again = load_plain(world.own, [one for one in EVERYBODY if one != ONE]).dataset
    assert not again.is_shown
    assert PublishedState.objects.count() == 1


def test_classes_of_one_school_in_two_files_stand_side_by_side(world: World) -> None:
    first = load_plain(world.own, pupils({"sch990001": {"5А": 24}})).dataset
    second = load_plain(world.own, pupils({"sch990001": {"5Б": 22}}))
    assert second.replaces == ()
    assert set(Dataset.objects.shown()) == {first, second.dataset}
    both = load_plain(world.own, pupils({"sch990001": {"5А": 24, "5Б": 22}}))
    assert set(both.replaces) == {first, second.dataset}
    assert list(Dataset.objects.shown()) == [both.dataset]


def test_a_parallel_work_stands_beside(world: World) -> None:
    first = load_plain(world.own, EVERYBODY).dataset
    second = load_plain(world.own, EVERYBODY[1:], work=1)
    assert second.replaces == ()
    assert set(Dataset.objects.shown()) == {first, second.dataset}


def test_a_municipal_file_beside_a_regional_one_gives_nobody_away(world: World) -> None:
    """The same pupils in another scope: both are seen, unless their difference is a few."""
    from tests.results.samples import school_spec, schools

    ours, other = [*schools(), school_spec("990004", "Примерный район", (7,))], schools("Дальний район", (11, 12, 13))
    regional = make_dataset(world.own, specs=[*ours, *other], seed=4).dataset
    same = make_dataset(world.own, "f1_individual", specs=[*ours, *other], seed=4)
    assert same.replaces == (regional,)
    assert same.dataset.is_shown


def test_another_centre_does_not_open_the_difference(world: World) -> None:
    load_plain(world.own, EVERYBODY)
    there = load_plain(world.foreign, [one for one in EVERYBODY if one != ONE])
    assert there.replaces == ()
    assert not there.dataset.is_shown


def test_of_two_imports_at_once_the_second_sees_what_the_first_showed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = load_plain(world.own, EVERYBODY).dataset
    plan_of, asked = publication.plan_of, []

    def slow(*args: Any) -> publication.Plan:
        """Between the decision and the writing somebody else shows a file without one pupil more."""
        plan = plan_of(*args)
        asked.append(plan)
        if len(asked) == 1:
            more = [*EVERYBODY, *MORE]
            monkeypatch.setattr(publication, "plan_of", plan_of)
            load_plain(world.own, more, "другой.csv")
            monkeypatch.setattr(publication, "plan_of", slow)
        return plan

    monkeypatch.setattr(publication, "plan_of", slow)
    second = load_plain(world.own, [*EVERYBODY, *MORE[1:]], "второй.csv").dataset
    assert len(asked) == 2
    assert not second.is_shown
    assert Dataset.objects.shown().count() == 1
    assert not Dataset.objects.shown().filter(pk=first.pk).exists()


def test_a_state_is_written_once(world: World) -> None:
    dataset = load_plain(world.own, EVERYBODY).dataset
    plan = publication.plan_of(dataset, dataset.path)
    taken = publication.Plan(plan.roll, publication.decisions_of(dataset), (), 1)
    with pytest.raises(IntegrityError):
        publication.publish(dataset, taken)


def test_the_importer_is_told_what_the_file_replaces(world: World, as_: Any) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = as_("coordinator")
    for people, name, words in (
        (EVERYBODY, "a.csv", "Узна"),
        (EVERYBODY[1:], "b.csv", "Он заменит файл «a.csv»"),
        ([*EVERYBODY, *MORE], "c.csv", "Он заменил файл «a.csv»"),
    ):
        sent = SimpleUploadedFile(name, plain_file(people))
        answer = client.post("/results/upload/", {"file": sent})
        page = client.post(answer["Location"], {name: str(value) for name, value in SITTING.items()}, follow=True)
        assert words in page.content.decode().replace("\xa0", " ")


SITTING = {"procedure": "complex", "year": 2026, "subject": "math", "grade": 5}


def test_the_file_itself_is_taken_once(world: World) -> None:
    load_plain(world.own, EVERYBODY)
    with pytest.raises(Exception, match="уже загружен"):
        import_file(centre=world.own, content=plain_file(EVERYBODY), filename="x.csv", by=None, answers=SITTING)


def test_a_ready_form_beside_the_file_of_pupils_is_shown_and_hides_the_same(world: World, as_: Any) -> None:
    from tests.results.samples import school_spec, schools

    specs = [*schools(), school_spec("990004", "Примерный район", (7,))]
    make_dataset(world.own, specs=specs)
    for layout, table in (("f3_marks", "marks"), ("journal_comparison", "journal")):
        form = make_dataset(world.own, layout, specs=specs).dataset
        page = as_("coordinator").get(f"/results/{form.pk}/").content.decode()
        assert form.is_shown
        assert 2 <= page.count("скрыто</td>") <= 3, table

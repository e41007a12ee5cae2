"""Forms A and B by a plan, the report on their balance, the plan's page, differences of versions, the key on paper."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests.diagnostics.campaign_factories import make_instrument, make_item
from tests.world import World
from traektoria.core.errors import Conflict, Invalid
from traektoria.diagnostics.instruments.actions import versions as actions
from traektoria.diagnostics.instruments.actions.assembly import Shortage, assemble_version, save_blueprint
from traektoria.diagnostics.instruments.actions.form_items import move_item, remove_item
from traektoria.diagnostics.instruments.balance import balance_report
from traektoria.diagnostics.instruments.blueprint import counts_of, plan_lines, rows_of
from traektoria.diagnostics.instruments.composition import composition_of
from traektoria.diagnostics.instruments.form_view import right_answers
from traektoria.diagnostics.instruments.policies import lacks
from traektoria.diagnostics.instruments.settings import BlueprintRow
from traektoria.diagnostics.instruments.version_difference import differences
from traektoria.diagnostics.models import BankItem, InstrumentVersion, ItemPicture
from traektoria.engines import questionbanks
from traektoria.people.actor import Actor, actor_of

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]
PLAN = (BlueprintRow(topic="Дроби", level="basic", number=2), BlueprintRow(topic="Углы", level="", number=1))


@pytest.fixture
def by(world: World) -> Actor:
    return actor_of(world.accounts["coordinator"])


@pytest.fixture
def version(world: World) -> InstrumentVersion:
    return make_instrument(world.own, [], published=False)


def _bank(world: World, fractions: int = 4) -> None:
    for number in range(fractions):
        make_item(world.own, topic="Дроби", difficulty=(-1.0, -1.0, 0.5, 0.5, 2.0)[number])
    for level in ("basic", "basic", "raised"):
        make_item(world.own, topic="Углы", level=level)
    make_item(world.own, "description", topic="Дроби")


def _names(version: InstrumentVersion) -> dict[str, list[str]]:
    return {
        part.form: sorted(row.item.topic for row in part.rows) for part in composition_of(version).forms if part.rows
    }


def test_forms_are_made_by_the_plan_and_can_be_published(world: World, by: Actor, version: InstrumentVersion) -> None:
    _bank(world)
    version = save_blueprint(version=version, rows=PLAN, by=by)
    assemble_version(version=version, seed=1, by=by)
    version.refresh_from_db()
    assert _names(version) == {"A": ["Дроби", "Дроби", "Углы"], "B": ["Дроби", "Дроби", "Углы"]}
    keys = [one.item_version_id for one in version.items.all()]
    assert len(set(keys)) == 6
    report = balance_report(composition_of(version))
    assert report is not None
    assert [(line.topic, line.difference) for line in report.lines] == [("Дроби", 0.0), ("Углы", None), ("", 0.0)]
    assert [cell.unknown for cell in report.lines[-1].cells] == [1, 1]
    assert report.sentences == (
        "Заданий и баллов в вариантах поровну.",
        "По трудности они одинаковы, насколько это известно.",
        "Трудность 2 заданий из 6 неизвестна: она появится после первой диагностики.",
    )
    assert actions.publish_version(version=version, by=by).published_at


def test_a_shortage_is_told_row_by_row_and_changes_nothing(world: World, by: Actor, version: InstrumentVersion) -> None:
    _bank(world, 3)
    save_blueprint(version=version, rows=(*PLAN, BlueprintRow(topic="Дроби", level="high", number=1)), by=by)
    with pytest.raises(Shortage) as short:
        assemble_version(version=version, seed=1, by=by)
    assert short.value.sentences == (
        "Тема «Дроби», базовый: для двух вариантов нужно заданий: 4, в банке: 3. "
        "Добавьте в банк ещё 1 или уменьшите число.",
        "Тема «Дроби», высокий: для двух вариантов нужно заданий: 2, в банке: 0. "
        "Добавьте в банк ещё 2 или уменьшите число.",
    )
    assert not version.items.exists()


@pytest.mark.parametrize("go", ["save", "assemble"])
def test_a_questionnaire_has_no_plan_and_keeps_its_questions(world: World, by: Actor, go: str, as_: As) -> None:
    version = make_instrument(world.own, [make_item(world.own, "likert")], kind="questionnaire", published=False)
    with pytest.raises(Conflict, match="контрольная работа"):
        save_blueprint(version=version, rows=(), by=by)
    with pytest.raises(Conflict, match="контрольная работа"):
        assemble_version(version=version, seed=1, by=by)
    assert (
        as_("coordinator").post(f"/diagnostics/instruments/versions/{version.pk}/plan/", {"go": go}).status_code == 409
    )
    version.refresh_from_db()
    assert (version.items.count(), version.settings.get("two_forms", False)) == (1, False)


def test_points_in_halves_are_counted(world: World, by: Actor, version: InstrumentVersion) -> None:
    for points in ("0.5", "0.5", "1.5", "1.5"):
        make_item(world.own, topic="Дроби", max_score=points)
    save_blueprint(version=version, rows=PLAN[:1], by=by)
    assemble_version(version=version, seed=1, by=by)
    version.refresh_from_db()
    report = balance_report(composition_of(version))
    assert report is not None
    assert [cell.points for cell in report.lines[-1].cells] == [2, 2]
    assert report.sentences[1] == "Равны ли они по трудности, пока неизвестно."


@pytest.mark.parametrize("halves", ["1", "0.5"])
def test_points_are_points_whatever_else_stands_in_the_work(world: World, halves: str) -> None:
    """Tasks without a topic are in the work and not in the report by topics."""
    first, second = (make_item(world.own, topic="Дроби", max_score=halves) for _form in "АБ")
    without = make_item(world.own, topic="", max_score="3")
    made = composition_of(make_instrument(world.own, [first, without], form_b=[second]))
    report = balance_report(made)
    assert report is not None
    assert [float(cell.points) for cell in report.lines[0].cells] == [float(halves)] * 2
    assert [float(cell.points) for cell in report.lines[-1].cells] == [float(halves) + 3, float(halves)]
    assert [cell.items for cell in report.lines[-1].cells] == [2, 1]
    assert report.sentences[0] == "В вариантах разное число заданий или баллов."


def test_a_harder_form_is_said(world: World) -> None:
    easy, hard = make_item(world.own, difficulty=0.0), make_item(world.own, difficulty=1.0)
    report = balance_report(composition_of(make_instrument(world.own, [easy], form_b=[hard])))
    assert report is not None
    assert report.kind == "warning"
    assert report.sentences[1].startswith("Вариант Б заметно труднее: примерно на 25 верных ответов из ста.")
    assert balance_report(composition_of(make_instrument(world.own, [easy]))) is None


def test_the_plan_shows_what_the_bank_has(world: World) -> None:
    _bank(world)
    there = counts_of(BankItem.objects.select_related("current"))
    assert there == {("Дроби", "basic"): 4, ("Углы", "basic"): 2, ("Углы", "raised"): 1}
    lines = plan_lines((*PLAN, BlueprintRow(topic="Забытая", level="high", number=1)), there)
    assert [(line.topic, line.number) for line in lines] == [("Дроби", 2), ("Забытая", 1), ("Углы", 1)]
    assert [(cell.value, cell.there, cell.short) for cell in lines[2].cells] == [
        ("", 2, False),
        ("", 1, False),
        ("", 0, False),
        ("1", 3, False),
    ]
    assert [cell.short for cell in lines[1].cells] == [False, False, True, False]


def test_rows_of_what_is_posted() -> None:
    posted = {"topic-0": " Дроби ", "n-0-basic": "2", "n-0-high": "0", "topic-1": "Углы", "n-1-any": "1"}
    assert rows_of(posted) == PLAN
    for wrong in ("x", "-1", "51", "²"):
        with pytest.raises(Invalid):
            rows_of({"topic-0": "Дроби", "n-0-basic": wrong})


def test_the_page_of_the_plan(as_: As, world: World, version: InstrumentVersion) -> None:
    _bank(world)
    page, client = f"/diagnostics/instruments/versions/{version.pk}/plan/", as_("coordinator")
    posted = {"topic-0": "Дроби", "n-0-basic": "2", "seed": "7"}
    answer = client.post(page, {**posted, "go": "assemble"})
    assert (answer.status_code, answer["Location"]) == (302, f"{page}?seed=8#balance")
    shown = client.get(f"{page}?seed=8").content.decode()
    assert 'name="seed" value="8"' in shown
    assert "Заданий и баллов в вариантах поровну." in shown
    short = client.post(page, {**posted, "n-0-basic": "3", "go": "assemble"})
    assert short.status_code == 422
    assert "нужно заданий: 6, в банке: 4" in short.content.decode()
    assert 'value="3"' in short.content.decode()
    wrong = client.post(page, {**posted, "n-0-basic": "три"})
    assert wrong.status_code == 422
    assert 'value="три"' in wrong.content.decode()
    assert version.items.count() == 4


def test_differences_in_words(world: World, by: Actor) -> None:
    items = [make_item(world.own, name=name) for name in "абв"]
    old = make_instrument(world.own, items, settings={"minutes": 40})
    new = actions.new_version(instrument=old.instrument, by=by)
    assert differences(composition_of(old), composition_of(new)) == []
    actions.change_settings(version=new, minutes=45, show_answers=False, by=by)
    move_item(form_item=new.items.all()[2], steps=-1, by=by)
    remove_item(form_item=new.items.all()[0], by=by)
    new.refresh_from_db()
    assert [(one.sign, one.sentence) for one in differences(composition_of(old), composition_of(new))] == [
        ("removed", "Убрано: «а»"),
        ("changed", "Изменился порядок заданий."),
        ("changed", "Минут: 40 → 45."),
        ("changed", "После диагностики верные ответы не показываются."),
    ]


def test_the_key_has_the_letters_of_the_paper(world: World) -> None:
    kinds = ("single", "multiple", "short", "numeric", "matching", "ordering", "extended")
    part = composition_of(make_instrument(world.own, [make_item(world.own, kind) for kind in kinds])).forms[0]
    key = right_answers(part)
    single, multiple, short, numeric, matching, ordering, extended = key
    assert [len(single.words[0]), len(multiple.words[0])] == [1, 2]
    assert [str(text) for text in single.texts] == ["21"]
    assert {str(text) for text in multiple.texts} == {"2", "4"}
    assert (short.words, numeric.words) == (("Москва",), ("от 3,13 до 3,15",))
    assert matching.words[0].startswith("1–")
    assert sorted(ordering.words[0]) == ["А", "Б", "В"]
    assert [one.code for one in extended.criteria] == ["К1", "К2"]


def test_pictures_of_the_key_are_shown(world: World, as_: As) -> None:
    shows = {"text_format": "html", "guidance": '<p>Смотрите <img src="@@PLUGINFILE@@/r.png" alt="решение"></p>'}
    item = make_item(world.own, "extended", content=shows)
    told = make_item(
        world.own, content={"text_format": "html", "feedback": '<img src="@@PLUGINFILE@@/r.png" alt="как">'}
    )
    for one in (item, told):
        ItemPicture.objects.create(item=one.item, name="r.png", alt="решение", media_type="image/png", sha256="0" * 64)
    version = make_instrument(world.own, [item, told])
    for one in right_answers(composition_of(version).forms[0]):
        assert "<img src=" in one.guidance
    page = as_("coordinator").get(reverse("diagnostics:version_print", args=[version.pk]), {"part": "key"})
    for one in ItemPicture.objects.all():
        assert reverse("diagnostics:item_picture", args=[one.pk]) in page.content.decode()


def test_nobody_sees_the_ends_of_any_number(world: World, as_: As) -> None:
    ends = {"ranges": [{"low": "-1000000000000", "high": "1000000000000"}]}
    item = make_item(world.own, "numeric", content=ends)
    (one,) = right_answers(composition_of(make_instrument(world.own, [item])).forms[0])
    assert one.words == ("любое число",)
    for name, args in (("bank_item", [item.item_id]), ("bank_edit", [item.item_id]), ("bank_list", [])):
        page = as_("coordinator").get(reverse(f"diagnostics:{name}", args=args)).content.decode()
        assert "000000" not in page.replace("\xa0", "").replace("\u202f", "").replace("#000000", "")
    for kind in ("gift", "xlsx"):
        content = as_("coordinator").get(reverse("diagnostics:bank_export_file", args=[kind])).content
        (read,) = questionbanks.read(content, f"bank.{kind}").questions
        assert [(each.low, each.high) for each in read.numeric] == [(None, None)]


@pytest.mark.parametrize(("level", "refused"), [("basic", True), ("", False)])
def test_levels_may_differ_where_the_plan_takes_any(world: World, by: Actor, level: str, refused: bool) -> None:
    row = {"topic": "Дроби", "level": level, "number": 1}
    forms = [make_item(world.own, level=one) for one in ("basic", "raised")]
    version = make_instrument(
        world.own, forms[:1], form_b=forms[1:], published=False, settings={"blueprint": [row], "two_forms": True}
    )
    assert bool(lacks(composition_of(version))) == refused

"""Instruments and versions: what is copied, what is refused, what never changes."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.diagnostics.campaign_factories import make_campaign, make_instrument, make_item
from tests.factories import make_centre
from tests.world import World
from traektoria.core.errors import Conflict, Invalid, Refused
from traektoria.core.models import AuditEvent
from traektoria.diagnostics.bank.queries import filtered, items_visible_to
from traektoria.diagnostics.instruments.actions import quick_items
from traektoria.diagnostics.instruments.actions import versions as actions
from traektoria.diagnostics.instruments.actions.form_items import add_items, move_item, remove_item, replace_item
from traektoria.diagnostics.instruments.composition import composition_of
from traektoria.diagnostics.instruments.policies import lacks
from traektoria.diagnostics.instruments.settings import Settings
from traektoria.diagnostics.instruments.statements import statements_of
from traektoria.diagnostics.items.content import content_of
from traektoria.diagnostics.models import BankItem, CampaignPart, FormItem, Instrument, InstrumentVersion
from traektoria.people.actor import Actor, actor_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def by(world: World) -> Actor:
    return actor_of(world.accounts["coordinator"])


def _names(version: InstrumentVersion, form: str = "") -> list[str]:
    rows = version.items.filter(form=form).select_related("item_version__item")
    return [row.item_version.item.name for row in rows]


def _draft(world: World, number: int = 3, **fields: Any) -> InstrumentVersion:
    items = [make_item(world.own, name=name) for name in "абвгд"[:number]]
    return make_instrument(world.own, items, published=False, **fields)


def test_create_makes_an_empty_draft(world: World, by: Actor) -> None:
    made = actions.create_instrument(centre=world.own, kind="questionnaire", title="Анкета", by=by)
    assert (made.number, made.state, made.settings) == (1, "draft", Settings().model_dump(mode="json"))
    assert [lack.place for lack in lacks(composition_of(made))] == ["add"]
    assert AuditEvent.objects.get(event="instrument.create").centre_id == world.own.pk


def test_only_the_coordinator_of_the_centre(world: World) -> None:
    stranger = actor_of(world.accounts["foreign_coordinator"])
    with pytest.raises(Refused):
        actions.create_instrument(centre=world.own, kind="questionnaire", title="Анкета", by=stranger)
    version = _draft(world)
    refused: list[Callable[[], Any]] = [
        lambda: actions.publish_version(version=version, by=stranger),
        lambda: actions.copy_instrument(version=version, title="Т", by=stranger),
        lambda: actions.new_version(instrument=version.instrument, by=stranger),
        lambda: add_items(version=version, item_versions=[], by=stranger),
    ]
    for act in refused:
        with pytest.raises(Refused):
            act()


def test_a_published_version_never_changes(world: World, by: Actor) -> None:
    version = actions.publish_version(version=_draft(world), by=by)
    first, more = version.items.all()[0], make_item(world.own)
    assert version.published_at is not None
    changes: list[Callable[[], Any]] = [
        lambda: add_items(version=version, item_versions=[more], by=by),
        lambda: move_item(form_item=first, steps=1, by=by),
        lambda: remove_item(form_item=first, by=by),
        lambda: replace_item(form_item=first, item_version=more, by=by),
        lambda: actions.change_settings(version=version, minutes=45, by=by),
        lambda: actions.discard_draft(version=version, by=by),
        lambda: quick_items.add_open_questions(version=version, texts=["?"], lines=1, by=by),
    ]
    for change in changes:
        with pytest.raises(Conflict):
            change()
    assert actions.publish_version(version=version, by=by) == version
    assert AuditEvent.objects.filter(event="instrument_version.publish").count() == 1


def test_a_new_version_is_a_copy_and_what_runs_stays_with_its_own(world: World, by: Actor) -> None:
    version = actions.publish_version(version=_draft(world, settings={"minutes": 45}), by=by)
    campaign = make_campaign(world.own, [version])
    made = actions.new_version(instrument=version.instrument, by=by)
    assert (made.number, made.is_draft, _names(made)) == (2, True, ["а", "б", "в"])
    assert Settings.model_validate(made.settings).minutes == 45
    assert actions.new_version(instrument=version.instrument, by=by) == made
    remove_item(form_item=made.items.all()[0], by=by)
    actions.publish_version(version=made, by=by)
    assert (_names(version), _names(made)) == (["а", "б", "в"], ["б", "в"])
    assert CampaignPart.objects.get(campaign=campaign).version == version


def test_copy_and_discard(world: World, by: Actor) -> None:
    version = _draft(world)
    made = actions.copy_instrument(version=version, title="Копия", by=by)
    assert (made.instrument.title, made.number, _names(made)) == ("Копия", 1, ["а", "б", "в"])
    actions.discard_draft(version=made, by=by)
    assert not Instrument.objects.filter(title="Копия").exists()
    with pytest.raises(Conflict):
        add_items(version=made, item_versions=[], by=by)


def test_the_subject_of_something_published_stays(world: World, by: Actor) -> None:
    version = _draft(world)
    changed = actions.change_instrument(instrument=version.instrument, title="Т", subject="russian", by=by)
    actions.publish_version(version=version, by=by)
    assert actions.change_instrument(instrument=changed, title="Ещё", subject="russian", by=by).title == "Ещё"
    with pytest.raises(Invalid):
        actions.change_instrument(instrument=changed, title="Ещё", subject="math", by=by)


def test_archive_and_back(world: World, by: Actor) -> None:
    instrument = _draft(world).instrument
    for archived in (True, True, False):
        assert actions.archive_instrument(instrument=instrument, archived=archived, by=by).archived == archived
    events = AuditEvent.objects.filter(object_kind="diagnostics.instrument").values_list("event", flat=True)
    assert sorted(events) == ["instrument.archive", "instrument.restore"]


def test_add_items_passes_over_what_is_there(world: World, by: Actor) -> None:
    version, one = _draft(world, 1), make_item(world.own, name="новое")
    there = version.items.get().item_version
    assert add_items(version=version, item_versions=[there, one, one], by=by) == 1
    assert _names(version) == ["а", "новое"]


@pytest.mark.parametrize("kind", ["likert", "choice", "open", "level"])
def test_a_control_work_takes_only_what_is_right_or_wrong(world: World, by: Actor, kind: str) -> None:
    with pytest.raises(Invalid):
        add_items(version=_draft(world), item_versions=[make_item(world.own, kind)], by=by)


def test_items_of_another_centre_and_archived_ones_do_not_fit(world: World, by: Actor) -> None:
    for item in (make_item(make_centre("Третий центр")), make_item(world.own, archived=True)):
        with pytest.raises(Invalid):
            add_items(version=_draft(world), item_versions=[item], by=by)


def test_move_stops_at_the_ends(world: World, by: Actor) -> None:
    version = _draft(world)
    for steps, order in ((1, "бав"), (1, "бва"), (1, "бва"), (-1, "бав"), (-9, "абв")):
        move_item(form_item=version.items.get(item_version__item__name="а"), steps=steps, by=by)
        assert _names(version) == list(order)
    assert list(version.items.values_list("position", flat=True)) == [1, 2, 3]


def test_replace_keeps_the_place(world: World, by: Actor) -> None:
    version, other = _draft(world), make_item(world.own, name="другое")
    replace_item(form_item=version.items.all()[1], item_version=other, by=by)
    assert _names(version) == ["а", "другое", "в"]
    with pytest.raises(Invalid):
        replace_item(form_item=version.items.all()[0], item_version=other, by=by)


def test_two_forms_and_back(world: World, by: Actor) -> None:
    version = actions.change_settings(version=_draft(world), two_forms=True, by=by)
    assert (_names(version, "A"), _names(version, "B")) == (["а", "б", "в"], [])
    assert [lack.sentence for lack in lacks(composition_of(version))] == ["«Вариант Б»: заданий пока нет."]
    add_items(version=version, item_versions=[make_item(world.own, topic="Углы")], form="B", by=by)
    with pytest.raises(Invalid):
        actions.change_settings(version=version, two_forms=False, by=by)
    with pytest.raises(Invalid) as refused:
        actions.publish_version(version=version, by=by)
    assert "«Дроби, базовый»: в А заданий 3, баллов 3, в Б заданий 0, баллов 0" in refused.value.sentence
    FormItem.objects.filter(version=version, form="B").delete()
    assert _names(actions.change_settings(version=version, two_forms=False, by=by)) == ["а", "б", "в"]


def test_a_control_work_needs_topics_and_a_questionnaire_does_not(world: World, by: Actor) -> None:
    work = make_instrument(world.own, [make_item(world.own, topic="")], published=False)
    talk = make_instrument(world.own, [make_item(world.own, "open", topic="")], "interview", published=False)
    assert [lack.place for lack in lacks(composition_of(work))] == ["item"]
    assert lacks(composition_of(talk)) == []
    only_text = make_instrument(world.own, [make_item(world.own, "description")], published=False)
    assert [lack.place for lack in lacks(composition_of(only_text))] == ["add"]


def test_statements_become_items_of_the_bank_with_their_scale(world: World, by: Actor) -> None:
    version = make_instrument(world.own, [], "questionnaire", published=False)
    said = statements_of("Мне легко\n− Мне трудно")
    steps = ["нет", "да"]
    assert quick_items.add_statements(version=version, statements=said, steps=steps, scale="Опыт", by=by) == 2
    assert quick_items.add_open_questions(version=version, texts=["Чего вы ждёте?"], lines=4, by=by) == 1
    version.refresh_from_db()
    made = composition_of(version)
    assert [(line.scale, line.statements, line.reversed) for line in made.scales] == [("Опыт", 2, 1)]
    assert made.settings.scales == ("Опыт",)
    assert [row.number for row in made.forms[0].rows] == [1, 2, 3]
    last = BankItem.objects.get(kind="open")
    assert last.current is not None
    assert (last.name, last.current.max_score, content_of(last.current.content).kind) == ("Чего вы ждёте?", 0, "open")


def test_what_is_put_into_the_bank_quickly_is_found(world: World, by: Actor) -> None:
    version = make_instrument(world.own, [], "questionnaire", published=False)
    long = "Расскажите, " + "как проходят ваши уроки, " * 12 + "и что такое ёмкость?"
    quick_items.add_open_questions(version=version, texts=[long], lines=4, by=by)
    found = filtered(items_visible_to(by), {"q": "емкость уроки"})
    assert [item.kind for item in found] == ["open"]

"""Who may open what of instruments: a published one of the own centre, and a draft with one item."""

from typing import Any

from django.urls import reverse

from tests.diagnostics.campaign_factories import make_instrument, make_item
from tests.matrix import EVERYONE, Entry, sheet
from tests.world import World

COORDINATORS = {"coordinator", "foreign_coordinator"}
OTHERS = EVERYONE - COORDINATORS
ADDRESSES_OF_DRAFTS = ("version_pick", "version_statements", "version_questions")


def prepare_instruments(world: World) -> None:
    world.things["published_version"] = make_instrument(world.own, [make_item(world.own)])
    world.things["draft_version"] = make_instrument(world.own, [make_item(world.own)], published=False)
    world.things["draft_questionnaire"] = make_instrument(world.own, kind="questionnaire", published=False)
    world.things["spare_item"] = make_item(world.own)


def _instrument(world: World) -> dict[str, Any]:
    return {"pk": world.things["published_version"].instrument_id}


def _published(world: World) -> dict[str, Any]:
    return {"pk": world.things["published_version"].pk}


def _draft(world: World) -> dict[str, Any]:
    return {"pk": world.things["draft_version"].pk}


def _questionnaire(world: World) -> dict[str, Any]:
    return {"pk": world.things["draft_questionnaire"].pk}


def _settings(world: World) -> dict[str, Any]:
    page = reverse("diagnostics:version_settings", kwargs=_draft(world))
    return sheet(world, "coordinator", page, instruction="Пишите разборчиво", minutes="40")


def _item(world: World) -> dict[str, Any]:
    return {"pk": world.things["draft_version"].items.get().pk}


def _spare(world: World) -> dict[str, Any]:
    return {"item": world.things["spare_item"].item_id, "items": [world.things["spare_item"].item_id]}


def _kept(kwargs: Any, **fields: Any) -> Entry:
    """For the coordinator of the centre alone."""
    return Entry(**{"allowed": {"coordinator"}, "forbidden": OTHERS, "kwargs": kwargs, **fields})


STATEMENTS = {"statements": "Мне легко\n− Мне трудно", "scale": "Опыт", "steps": "нет\nда"}
QUESTIONS = {"texts": "Чего вы ждёте?", "lines": "3"}
POSTED: dict[str, Any] = {"method": "POST", "data": lambda world: {"title": "Другое название", "kind": "questionnaire"}}
INSTRUMENT_ENTRIES = {
    "diagnostics:instrument_list": Entry(allowed=COORDINATORS, forbidden=OTHERS),
    "diagnostics:instrument_new": Entry(allowed=COORDINATORS, forbidden=OTHERS),
    "diagnostics:instrument_new POST": Entry(allowed=COORDINATORS, forbidden=OTHERS, **POSTED),
    "diagnostics:instrument_detail": _kept(_instrument),
    "diagnostics:instrument_edit": _kept(
        _instrument, method="POST", data=lambda world: {"title": "Другое название", "subject": "math"}
    ),
    **{f"diagnostics:instrument_{verb}": _kept(_instrument, **POSTED) for verb in ("copy", "renew", "archive")},
    "diagnostics:version_detail": _kept(_published),
    "diagnostics:version_detail draft": _kept(_draft),
    "diagnostics:version_settings": _kept(_draft),
    "diagnostics:version_settings POST": _kept(_draft, method="POST", data=_settings),
    "diagnostics:version_difference": _kept(_published),
    "diagnostics:version_blueprint": _kept(_draft),
    "diagnostics:version_blueprint POST": _kept(_draft, **POSTED),
    "diagnostics:version_preview": _kept(_published),
    "diagnostics:version_print": _kept(_published),
    **{f"diagnostics:{name}": _kept(_draft) for name in ADDRESSES_OF_DRAFTS},
    "diagnostics:version_pick POST": _kept(_draft, method="POST", data=_spare),
    "diagnostics:version_statements POST": _kept(_questionnaire, method="POST", data=lambda world: STATEMENTS),
    "diagnostics:version_questions POST": _kept(_questionnaire, method="POST", data=lambda world: QUESTIONS),
    "diagnostics:version_publish": _kept(_draft, **POSTED),
    "diagnostics:version_discard": _kept(_draft, **POSTED),
    "diagnostics:form_item_move": _kept(_item, **POSTED),
    "diagnostics:form_item_remove": _kept(_item, **POSTED),
    "diagnostics:form_item_swap": _kept(_item),
    "diagnostics:form_item_swap POST": _kept(_item, method="POST", data=_spare),
}

"""Who opens what of the room organisations: everything is the coordinator's."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.matrix import EVERYONE, Entry, sheet
from tests.world import World
from traektoria.core import school_year
from traektoria.organisations.enums import ImportKind, RegulationState
from traektoria.organisations.models import (
    CalendarPeriod,
    ImportDraft,
    ListedSchool,
    Regulation,
    SchoolList,
    SchoolYear,
)

COORDINATORS = {"coordinator", "foreign_coordinator"}
OTHERS = EVERYONE - COORDINATORS
OF_CENTRES = EVERYONE - {"administrator"}
OF_CENTRE = OF_CENTRES - {"foreign_coordinator", "foreign_tutor", "foreign_teacher", "foreign_head"}


def prepare(world: World) -> None:
    year = SchoolYear.objects.get_or_create(start_year=2025)[0]
    world.things["period"] = CalendarPeriod.objects.create(
        centre=world.own, year=year, kind="quarter", name="I", start=date(2025, 9, 1), end=date(2025, 10, 24)
    )
    base = world.own.regulations.get()
    world.things["regulation"] = base
    world.things["regulation_draft"] = Regulation.objects.create(
        centre=world.own, number=2, state=RegulationState.DRAFT, preset=base.preset,
        content={**base.content, "about": {**base.content["about"], "purpose": "Новая цель"}},
    )  # fmt: skip
    world.things["draft"] = ImportDraft.objects.create(
        account_id=world.accounts["coordinator"].pk,
        centre=world.own,
        kind=ImportKind.SCHOOLS,
        file_name="schools.csv",
        columns={"digits": "A", "name": "B"},
        rows=[[2, ["", {"digits": "990777", "name": "СОШ № 7"}, {}]]],
    )
    world.things["list"] = SchoolList.objects.create(
        centre=world.own, reason="low_results", year=2025, source="приказ № 5"
    )
    ListedSchool.objects.create(list=world.things["list"], school=world.school)
    about = {"reason": "hard_conditions", "year": 2025, "source": "приказ № 6"}
    world.things["list_draft"] = ImportDraft.objects.create(
        account_id=world.accounts["coordinator"].pk, centre=world.own, kind=ImportKind.LISTS, file_name="list.csv",
        columns={"name": "A"}, rows=[[2, ["", {"name": world.school.name}, {}]]], about=about,
    )  # fmt: skip


def _page(**fields: object) -> Entry:
    return Entry(allowed=COORDINATORS, forbidden=OTHERS, **fields)  # type: ignore[arg-type]


def _object(name: str, **fields: object) -> Entry:
    kwargs = {"kwargs": lambda world: {"pk": world.things[name].pk if name != "school" else world.school.pk}}
    return Entry(allowed={"coordinator"}, forbidden=OTHERS, **{**kwargs, **fields})  # type: ignore[arg-type]


def _drafted(method: str = "GET", data: Any = None, query: str = "", **kwargs: str) -> Entry:
    """A page of the draft of the regulation."""
    return Entry(
        allowed={"coordinator"}, forbidden=OTHERS, method=method, data=data or (lambda world: {}), query=query,
        kwargs=lambda world: {"pk": world.things["regulation_draft"].pk, **kwargs},
    )  # fmt: skip


def _typed(name: str, query: str = "", changes: Any = None, **kwargs: str) -> Entry:
    """A page of the draft, sent as it stands with changes."""

    def data(world: World) -> dict[str, Any]:
        page = reverse(f"organisations:{name}", kwargs={"pk": world.things["regulation_draft"].pk, **kwargs})
        return sheet(world, "coordinator", page + (f"?{query}" if query else ""), **(changes or {}))

    return _drafted("POST", data, query, **kwargs)


def _version(**names: str) -> Entry:
    """A version that everybody of the centre reads."""
    return Entry(
        allowed=OF_CENTRE, forbidden={"administrator"},
        kwargs=lambda world: {name: world.things[thing].pk for name, thing in names.items()},
    )  # fmt: skip


PERIOD = {"year": 2025, "kind": "holidays", "name": "I", "start": "2025-10-25", "end": "2025-11-02"}


def _schools(world: World) -> dict[str, Any]:
    table = "Цифры логина;Название\n990007;СОШ № 7\n"
    return {"file": SimpleUploadedFile("schools.csv", table.encode())}


def _new_list(world: World) -> dict[str, Any]:
    return {"reason": "low_results", "year": school_year.this_year(), "source": "приказ № 5", "text": world.school.name}


def _ticked(seen: int) -> Any:
    return lambda world: {"source": "приказ № 7", "schools": [world.school.pk], "seen": seen}


TOKEN = {"kwargs": lambda world: {"token": world.things["draft"].pk}}

LIST_TOKEN = {"kwargs": lambda world: {"token": world.things["list_draft"].pk}}

ENTRIES = {
    "organisations:centre": _page(),
    "organisations:regulation_detail": Entry(allowed=OF_CENTRES, forbidden={"administrator"}),
    "organisations:regulation_versions": Entry(allowed=OF_CENTRES, forbidden={"administrator"}),
    "organisations:regulation_compare": Entry(allowed=set(), forbidden={"administrator"}),
    "organisations:regulation_begin": _page(
        method="POST", idle={"coordinator": "the draft of the own centre is there already"}
    ),
    "organisations:regulation_sample": Entry(
        allowed=COORDINATORS | {"administrator"},
        forbidden=OTHERS - {"administrator"},
        kwargs=lambda world: {"name": "balta"},
    ),
    "organisations:regulation_version": _version(pk="regulation"),
    "organisations:regulation_difference": _version(pk="regulation", old="regulation"),
    "organisations:regulation_change": _drafted(clause="purpose.tasks"),
    "organisations:regulation_change POST": replace(
        _drafted("POST", clause="purpose.tasks"), idle={"coordinator": "the draft is there already: it is opened"}
    ),
    "organisations:regulation_draft": _drafted(),
    "organisations:regulation_approve": _drafted(),
    "organisations:regulation_approve POST": _typed(
        "regulation_approve", changes={"basis": "приказ № 2", "reason": "Новое"}
    ),
    "organisations:regulation_discard": _drafted("POST"),
    "organisations:regulation_restart": _drafted(),
    "organisations:regulation_restart POST": _drafted("POST", lambda world: {"preset": "balta"}),
    "organisations:regulation_section": _drafted(section="purpose"),
    "organisations:regulation_section POST": _typed(
        "regulation_section", changes={"f-purpose": "Ещё одна цель"}, section="purpose"
    ),
    "organisations:regulation_criteria": _drafted(),
    "organisations:regulation_criterion_new": _drafted(query="kind=document"),
    "organisations:regulation_criterion_new POST": _typed(
        "regulation_criterion_new", "kind=document&group=status", {"f-title": "Копия", "f-document": "other"}
    ),
    "organisations:regulation_criterion_edit": _drafted(slug="status"),
    "organisations:regulation_criterion_edit POST": _typed(
        "regulation_criterion_edit", "", {"f-title": "Новые слова"}, slug="region_service"
    ),
    "organisations:regulation_criterion_change": _drafted("POST", lambda world: {"act": "down"}, slug="region_service"),
    "organisations:centre_settings": _page(),
    "organisations:centre_settings POST": _page(method="POST", data=lambda world: {"name": "Новое имя"}),
    "organisations:school_list": _page(),
    "organisations:school_new": _page(),
    "organisations:school_new POST": _page(method="POST", data=lambda world: {"name": "СОШ № 9", "digits": "990009"}),
    "organisations:school_edit": _object("school"),
    "organisations:school_edit POST": _object(
        "school", method="POST", data=lambda world: {"name": "СОШ № 11", "digits": "990011"}
    ),
    "organisations:schools_import": _page(),
    "organisations:schools_import POST": _page(method="POST", data=_schools),
    "organisations:schools_template": _page(kwargs=lambda world: {"kind": "xlsx"}),
    "organisations:schools_import_check": _object("draft", **TOKEN),
    "organisations:schools_import_check POST": _object("draft", method="POST", **TOKEN),
    "organisations:list_list": _page(),
    "organisations:list_new": _page(),
    "organisations:list_new POST": _page(method="POST", data=_new_list),
    "organisations:list_template": _page(),
    "organisations:list_check": _object("list_draft", **LIST_TOKEN),
    "organisations:list_check POST": _object("list_draft", method="POST", data=_ticked(0), **LIST_TOKEN),
    "organisations:list_edit": _object("list"),
    "organisations:list_edit POST": _object("list", method="POST", data=_ticked(1)),
    "organisations:list_remove": _object("list", method="POST"),
    "organisations:calendar": _page(query="year=2025"),
    "organisations:calendar_load": _page(method="POST", kwargs=lambda world: {"start_year": 2025}),
    "organisations:period_new": _page(),
    "organisations:period_new POST": _page(method="POST", data=lambda world: {**PERIOD, "name": "II"}),
    "organisations:period_edit": _object("period"),
    "organisations:period_edit POST": _object("period", method="POST", data=lambda world: {**PERIOD, "name": "Первая"}),
    "organisations:period_delete": _object("period", method="POST"),
}

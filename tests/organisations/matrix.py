"""Who opens what of the room organisations: everything is the coordinator's."""

from datetime import date

from tests.matrix import EVERYONE, Entry
from tests.world import World
from traektoria.organisations.enums import ImportKind
from traektoria.organisations.models import CalendarPeriod, ImportDraft, SchoolYear

COORDINATORS = {"coordinator", "foreign_coordinator"}
OTHERS = EVERYONE - COORDINATORS


def prepare(world: World) -> None:
    year = SchoolYear.objects.get_or_create(start_year=2025)[0]
    world.things["period"] = CalendarPeriod.objects.create(
        centre=world.own, year=year, kind="quarter", name="I", start=date(2025, 9, 1), end=date(2025, 10, 24)
    )
    world.things["draft"] = ImportDraft.objects.create(
        account_id=world.accounts["coordinator"].pk,
        centre=world.own,
        kind=ImportKind.SCHOOLS,
        file_name="schools.csv",
        columns={"digits": "A", "name": "B"},
        rows=[[2, {"digits": "990777", "name": "СОШ № 7"}]],
    )


def _page(**fields: object) -> Entry:
    return Entry(allowed=COORDINATORS, forbidden=OTHERS, **fields)  # type: ignore[arg-type]


def _object(name: str, **fields: object) -> Entry:
    kwargs = {"kwargs": lambda world: {"pk": world.things[name].pk if name != "school" else world.school.pk}}
    return Entry(allowed={"coordinator"}, forbidden=OTHERS, **{**kwargs, **fields})  # type: ignore[arg-type]


TOKEN = {"kwargs": lambda world: {"token": world.things["draft"].pk}}

ENTRIES = {
    "organisations:centre": _page(),
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
    "organisations:schools_import POST": _page(method="POST"),
    "organisations:schools_template": _page(kwargs=lambda world: {"kind": "xlsx"}),
    "organisations:schools_import_check": _object("draft", **TOKEN),
    "organisations:schools_import_check POST": _object("draft", method="POST", **TOKEN),
    "organisations:calendar": _page(query="year=2025"),
    "organisations:calendar_load": _page(method="POST", kwargs=lambda world: {"start_year": 2025}),
    "organisations:period_new": _page(),
    "organisations:period_new POST": _page(method="POST"),
    "organisations:period_edit": _object("period"),
    "organisations:period_edit POST": _object("period", method="POST"),
    "organisations:period_delete": _object("period", method="POST"),
}

"""Who opens what of the room people: the coordinator keeps, a head reads the staff list, everybody sees their own."""

from typing import Any

from tests.matrix import EVERYONE, Entry
from tests.world import World
from traektoria.organisations.enums import ImportKind
from traektoria.organisations.models import ImportDraft

COORDINATORS = {"coordinator", "foreign_coordinator"}
HEADS = {"head", "deputy_head", "foreign_head"}
OTHERS = EVERYONE - COORDINATORS


def prepare(world: World) -> None:
    person = world.accounts["teacher"].person
    assert person is not None
    world.things["work"] = person.employments.get()
    world.things["role"] = person.roles.get()
    world.things["staff_draft"] = ImportDraft.objects.create(
        account_id=world.accounts["coordinator"].pk,
        centre=world.own,
        kind=ImportKind.STAFF,
        file_name="staff.csv",
        columns={"surname": "A", "given": "B", "school": "C", "position": "D"},
        rows=[[2, {"surname": "Новая", "given": "Анна", "school": "СОШ № 1", "position": "учитель физики"}]],
    )


def _pk(world: World, name: str) -> dict[str, Any]:
    if name == "person":
        return {"pk": world.accounts["teacher"].person_id}
    return {"pk": world.school.pk if name == "school" else world.things[name].pk}


def _page(**fields: Any) -> Entry:
    return Entry(allowed=COORDINATORS, forbidden=OTHERS, **fields)


def _object(name: str, **fields: Any) -> Entry:
    fields.setdefault("kwargs", lambda world: _pk(world, name))
    return Entry(allowed={"coordinator"}, forbidden=OTHERS, **fields)


def _token(world: World) -> dict[str, Any]:
    return {"token": world.things["staff_draft"].pk}


def _founding(method: str = "GET", **kwargs: str) -> Entry:
    """A page of the administrator of the installation."""
    return Entry(
        allowed={"administrator"}, forbidden=EVERYONE - {"administrator"}, method=method, kwargs=lambda world: kwargs
    )


ENTRIES = {
    "people:centre_list": _founding(),
    "people:centre_new": _founding(),
    "people:centre_step": _founding(step="founder"),
    "people:centre_step POST": _founding("POST", step="founder"),
    "people:centre_check": _founding(),
    "people:centre_check POST": _founding("POST"),
    "people:centre_forget": _founding("POST"),
    "people:person_list": Entry(allowed=COORDINATORS | HEADS, forbidden=OTHERS - HEADS),
    "people:person_new": _page(),
    "people:person_new POST": _page(method="POST"),
    "people:person_detail": _object("person"),
    "people:person_edit": _object("person"),
    "people:person_edit POST": _object("person", method="POST"),
    "people:employment_new": _object("person"),
    "people:employment_new POST": _object("person", method="POST"),
    "people:employment_edit": _object("work"),
    "people:employment_edit POST": _object("work", method="POST"),
    "people:role_assign": _object("person"),
    "people:role_assign POST": _object("person", method="POST"),
    "people:role_end": _object("role", method="POST"),
    "people:password_give": _object("person", method="POST"),
    "people:passwords_give": _object("school", method="POST"),
    "people:erasure_answer": _object("person", method="POST"),
    "people:staff_import": _page(),
    "people:staff_import POST": _page(method="POST"),
    "people:staff_template": _page(kwargs=lambda world: {"kind": "csv"}),
    "people:staff_import_check": _object("staff_draft", kwargs=_token),
    "people:staff_import_check POST": _object("staff_draft", method="POST", kwargs=_token),
    "people:staff_export": _page(kwargs=lambda world: {"kind": "xlsx"}),
    "people:my_data": Entry(allowed=EVERYONE),
    "people:my_data_export": Entry(allowed=EVERYONE),
    "people:erasure_request": Entry(allowed=EVERYONE, method="POST"),
}

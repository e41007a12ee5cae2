"""Who opens what of the room people: the coordinator keeps, a head reads the staff list, everybody sees their own."""

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.factories import make_employment
from tests.matrix import EVERYONE, Entry
from tests.world import AWKWARD, World
from traektoria.messaging.models import Bounce
from traektoria.organisations.enums import ImportKind
from traektoria.organisations.models import ImportDraft
from traektoria.people.actions import request_erasure
from traektoria.people.actor import actor_of
from traektoria.people.models import Account

COORDINATORS = {"coordinator", "foreign_coordinator"}
HEADS = {"head", "deputy_head", "foreign_head"}
OTHERS = EVERYONE - COORDINATORS


def prepare(world: World) -> None:
    person = world.accounts["teacher"].person
    assert person is not None
    world.things["work"] = person.employments.get()
    world.things["role"] = person.roles.get()
    request_erasure(by=actor_of(world.accounts["other_teacher"]))
    held = world.accounts["other_tutor"]
    held.given_at, held.held_until = timezone.now(), timezone.now() + timedelta(days=2)
    held.save()
    assert held.person is not None
    make_employment(held.person, world.school)
    world.things["staff_draft"] = ImportDraft.objects.create(
        account_id=world.accounts["coordinator"].pk,
        centre=world.own,
        kind=ImportKind.STAFF,
        file_name="staff.csv",
        columns={"surname": "A", "given": "B", "school": "C", "position": "D"},
        rows=[[2, ["", {"surname": "Новая", "given": "Анна", "school": "СОШ № 1", "position": "учитель физики"}, {}]]],
    )


NAME = {"surname": "Новиков", "given": "Пётр"}
ROLE = {"role": "coordinator", "start": "2026-01-01"}


def _renamed(world: World) -> dict[str, Any]:
    return {**NAME, "gender": "male"}


def _work(world: World) -> dict[str, Any]:
    return {"school": world.school.pk, "position": "учитель физики", "subjects": ["physics"], "start": "2015-09-01"}


def _staff(world: World) -> dict[str, Any]:
    table = "Фамилия;Имя;Школа;Должность\nНовая;Анна;СОШ № 1;учитель физики\n"
    return {"file": SimpleUploadedFile("staff.csv", table.encode())}


def _refused(world: World) -> Account:
    """Whose e-mail the mail server did not know."""
    account = world.accounts["teacher"]
    account.email = "teacher@example.org"
    account.save()
    Bounce.objects.get_or_create(address=account.email, defaults={"code": "550"})
    return account


def _pk(world: World, name: str) -> dict[str, Any]:
    if name == "asked_erasure":
        return {"pk": world.accounts["other_teacher"].person_id}
    if name == "refused":
        return {"pk": _refused(world).person_id}
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
        allowed={"administrator"}, forbidden=EVERYONE - {"administrator"}, method=method,
        kwargs=lambda world: kwargs, data=lambda world: {"founder": "Управление образования"},
        idle={"administrator": "the answers of the founding stay in the session until the last one"},
    )  # fmt: skip


#: Nobody changes what protects an account while somebody else could sit there.
OWN_HAND = {"allowed": EVERYONE - {"other_tutor"}, "forbidden": {"other_tutor"}}
NEAR = {"coordinator", "head", "deputy_head", "administrator"}
FAR = {"foreign_coordinator", "foreign_head"}


def _held(method: str = "GET") -> Entry:
    """Who can say that a person asked for the password that another gave."""
    return Entry(
        allowed=NEAR,
        forbidden=EVERYONE - NEAR - FAR,
        method=method,
        kwargs=lambda world: {"pk": world.accounts["other_tutor"].person_id},
    )


def _all(why: str) -> dict[str, str]:
    return dict.fromkeys((*EVERYONE, *AWKWARD), why)


def _link(world: World) -> dict[str, Any]:
    return {"code": "no-link"}


ENTRIES = {
    "people:address_change": Entry(**OWN_HAND),
    "people:address_change POST": Entry(**OWN_HAND, method="POST", not_now=_all("nobody here has a password to type")),
    "people:address_confirm": Entry(**OWN_HAND, kwargs=_link),
    "people:address_confirm POST": Entry(**OWN_HAND, kwargs=_link, method="POST", not_now=_all("the link is no link")),
    "people:own_hand": Entry(allowed=EVERYONE),
    "people:own_hand POST": Entry(allowed=EVERYONE, method="POST", not_now=_all("no address was confirmed")),
    "people:own_hand_shown": Entry(allowed=EVERYONE, kwargs=_link),
    "people:own_hand_shown POST": Entry(
        allowed=EVERYONE, kwargs=_link, method="POST", not_now=_all("the link is no link")
    ),
    "people:hand_confirm": _held(),
    "people:hand_confirm POST": _held("POST"),
    "people:centre_list": _founding(),
    "people:centre_new": _founding(),
    "people:centre_step": _founding(step="founder"),
    "people:centre_step POST": _founding("POST", step="founder"),
    "people:centre_check": _founding(),
    "people:centre_check POST": _founding("POST"),
    "people:centre_forget": _founding("POST"),
    "people:person_list": Entry(allowed=COORDINATORS | HEADS, forbidden=OTHERS - HEADS),
    "people:person_new": _page(),
    "people:person_new POST": _page(method="POST", data=lambda world: {**NAME, **ROLE}),
    "people:person_detail": _object("person"),
    "people:person_edit": _object("person"),
    "people:person_edit POST": _object("person", method="POST", data=_renamed),
    "people:employment_new": _object("person"),
    "people:employment_new POST": _object("person", method="POST", data=_work),
    "people:employment_edit": _object("work"),
    "people:employment_edit POST": _object("work", method="POST", data=_work),
    "people:role_assign": _object("person"),
    "people:role_assign POST": _object("person", method="POST", data=lambda world: ROLE),
    "people:role_end": _object("role", method="POST"),
    "people:password_give": _object("person", method="POST"),
    "people:first_passwords": _page(),
    "people:passwords_give": _page(
        method="POST", idle={"foreign_coordinator": "everybody of this centre has a password"}
    ),
    "people:address_trust": _object("refused", method="POST"),
    "people:erasure_answer": _object("asked_erasure", method="POST"),
    "people:staff_import": _page(),
    "people:staff_import POST": _page(method="POST", data=_staff),
    "people:staff_template": _page(kwargs=lambda world: {"kind": "csv"}),
    "people:staff_import_check": _object("staff_draft", kwargs=_token),
    "people:staff_import_check POST": _object("staff_draft", method="POST", kwargs=_token),
    "people:staff_export": _page(kwargs=lambda world: {"kind": "xlsx"}),
    "people:my_data": Entry(allowed=EVERYONE),
    "people:my_data_export": Entry(**OWN_HAND),
    "people:erasure_request": Entry(
        **OWN_HAND, method="POST", idle={"other_teacher": "has asked and waits for the answer"}
    ),
}

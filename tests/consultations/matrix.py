"""Who may open what in the room: a request of the school of ``head`` that names ``teacher``, in each state."""

from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from tests.consultations.absence_matrix import ABSENCE_ENTRIES, prepare_absences
from tests.consultations.booking_matrix import BOOKING_ENTRIES, prepare_bookings
from tests.consultations.hour_factories import recorded
from tests.consultations.request_factories import assigned, school_request, taken
from tests.consultations.slot_matrix import SLOT_ENTRIES, prepare_slots
from tests.matrix import EVERYONE, Entry, sheet
from tests.routes.route_factories import actor
from tests.world import World
from traektoria.consultations.requests.actions.attaching import attach_files

TEACHERS = {"teacher", "other_teacher", "foreign_teacher"}
HEADS = {"head", "deputy_head", "foreign_head"}
TUTORS = {"tutor", "other_tutor", "foreign_tutor"}
COORDINATORS = {"coordinator", "foreign_coordinator"}
ASKERS = TEACHERS | HEADS
READ = ASKERS | TUTORS | COORDINATORS
SEES = {"teacher", "head", "deputy_head", "coordinator"}


def prepare(world: World) -> None:
    world.things["request"] = school_request(world, "teacher", topic="Первая")
    prepare_slots(world)
    prepare_bookings(world)
    prepare_absences(world)
    head = actor(world, "head")
    [world.things["request_file"]] = attach_files(request=world.things["request"], files=[a_file()], by=head)
    world.things["given_request"] = assigned(world, school_request(world, "teacher", topic="Вторая"))
    world.things["hour"] = recorded(world, ago=600)
    world.things["taken_request"] = taken(world, school_request(world, "teacher", topic="Третья"))


def a_file() -> ContentFile[bytes]:
    return ContentFile(b"%PDF-1.7\n1 0 obj\n", name="урок.pdf")


def _attached(_world: World) -> dict[str, Any]:
    return {"attachments": SimpleUploadedFile("план.pdf", b"%PDF-1.7\n2 0 obj\n")}


def _on(name: str = "request") -> Any:
    return lambda world: {"pk": world.things[name].pk}


def _reason(_world: World) -> dict[str, Any]:
    return {"reason": "Не наш предмет"}


def _wish(_world: World) -> dict[str, Any]:
    return {"topic": "Как вести дискуссию", "subject": "history", "kind": "individual", "way": "any"}


def _by(roles: set[str], who: str, name: str = "request", data: Any = None) -> Entry:
    """A press of one person of the roles that may press at all."""
    return Entry(
        allowed={who}, forbidden=EVERYONE - roles, kwargs=_on(name), method="POST", data=data or (lambda _world: {})
    )


def _hour(world: World) -> dict[str, Any]:
    """Of each viewer at another time: an hour yesterday."""
    yesterday = timezone.localtime() - timedelta(days=1)
    when = {"day": yesterday.date().isoformat(), "began": "12:00", "minutes": "45", "way": "video"}
    name = "foreign_teacher" if world.viewer in ("foreign_tutor", "second_tutor", "two_centres") else "other_teacher"
    return {**when, "topic": "Иное", "subject": "math", "others": world.accounts[name].person.full_name}


def _corrected(world: World) -> dict[str, Any]:
    address = reverse("consultations:hour_edit", kwargs=_on("hour")(world))
    return sheet(world, "tutor", address, topic="Поправка")


GIVE = TEACHERS | TUTORS | COORDINATORS
ENTRIES = (
    SLOT_ENTRIES
    | ABSENCE_ENTRIES
    | BOOKING_ENTRIES
    | {
        "consultations:load": Entry(allowed=TUTORS | COORDINATORS, forbidden=EVERYONE - TUTORS - COORDINATORS),
        "consultations:hour_list": Entry(allowed=GIVE, forbidden=EVERYONE - GIVE),
        "consultations:hour_new": Entry(allowed=TUTORS, forbidden=EVERYONE - TUTORS),
        "consultations:hour_new post": Entry(allowed=TUTORS, forbidden=EVERYONE - TUTORS, method="POST", data=_hour),
        "consultations:hour_detail": Entry(
            allowed={"tutor", "teacher", "coordinator"}, forbidden=EVERYONE - GIVE, kwargs=_on("hour")
        ),
        "consultations:hour_edit": Entry(allowed={"tutor"}, forbidden=EVERYONE - TUTORS, kwargs=_on("hour")),
        "consultations:hour_edit post": _by(TUTORS, "tutor", "hour", _corrected),
        "consultations:hour_withdraw": _by(TUTORS, "tutor", "hour", _reason),
        "consultations:hour_feedback": _by(TEACHERS, "teacher", "hour", lambda _world: {"feedback": "helped"}),
        "consultations:request_list": Entry(allowed=READ, forbidden=EVERYONE - READ),
        "consultations:request_new": Entry(allowed=ASKERS, forbidden=EVERYONE - ASKERS),
        "consultations:request_new post": Entry(allowed=ASKERS, forbidden=EVERYONE - ASKERS, method="POST", data=_wish),
        "consultations:request_board": Entry(allowed=COORDINATORS, forbidden=EVERYONE - COORDINATORS),
        "consultations:request_detail": Entry(allowed=SEES, forbidden=EVERYONE - READ, kwargs=_on()),
        "consultations:request_detail given": Entry(
            allowed=SEES | {"tutor"}, forbidden=EVERYONE - READ, kwargs=_on("given_request")
        ),
        "consultations:request_withdraw": Entry(
            allowed={"head", "deputy_head"}, forbidden={*(EVERYONE - ASKERS), "teacher"}, kwargs=_on(), method="POST"
        ),
        "consultations:request_attach": Entry(
            allowed={"head", "deputy_head"},
            forbidden={*(EVERYONE - ASKERS), "teacher"},
            kwargs=_on(),
            method="POST",
            data=_attached,
        ),
        "consultations:request_file": Entry(
            allowed={"head", "deputy_head", "coordinator"},
            forbidden={*(EVERYONE - READ), "teacher"},
            kwargs=_on("request_file"),
        ),
        "consultations:request_file_remove": Entry(
            allowed={"head", "deputy_head", "coordinator"},
            forbidden={*(EVERYONE - ASKERS - COORDINATORS), "teacher"},
            kwargs=_on("request_file"),
            method="POST",
        ),
        "consultations:request_assign": _by(
            COORDINATORS, "coordinator", data=lambda world: {"tutor": world.accounts["other_tutor"].person_id}
        ),
        "consultations:request_recall": _by(COORDINATORS, "coordinator", "given_request"),
        "consultations:request_decline": _by(COORDINATORS, "coordinator", data=_reason),
        "consultations:request_take": _by(
            TUTORS, "tutor", "given_request", lambda _world: {"answer": "Вторник, 14:30"}
        ),
        "consultations:request_return": _by(TUTORS, "tutor", "given_request", _reason),
        "consultations:request_hold": _by(TUTORS, "tutor", "taken_request"),
    }
)

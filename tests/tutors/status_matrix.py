"""Who may open what of the statuses."""

from datetime import date
from typing import Any

from django.utils import timezone

from tests.factories import make_centre, make_member, make_person
from tests.matrix import EVERYONE, Entry
from tests.tutors.status_factories import make_admitted, make_order, make_status
from tests.world import World
from traektoria.people.enums import ConsentKind, Role
from traektoria.people.models import Consent, Person
from traektoria.tutors.models import TutorProfile
from traektoria.tutors.orders.enums import OrderKind, OrderState
from traektoria.tutors.statuses.enums import StatusState

OF_CENTRE = frozenset({"coordinator", "tutor", "other_tutor", "teacher", "other_teacher", "head", "deputy_head"})
NO_KEEPERS = frozenset(
    {"administrator", "tutor", "other_tutor", "teacher", "other_teacher", "foreign_tutor", "foreign_teacher"}
)
SCHOOL = frozenset({"head", "deputy_head"})


def status(world: World) -> dict[str, int]:
    return {"pk": world.things["status"].pk}


def order(world: World) -> dict[str, int]:
    return {"pk": world.things["order"].pk}


def why(world: World) -> dict[str, str]:
    return {"reason": "отпуск"}


def kept(**facts: object) -> Entry:
    """What the coordinator does to the tutor's status; the centre's other keepers see it and may not."""
    return Entry(kwargs=status, allowed={"coordinator"}, forbidden=NO_KEEPERS | SCHOOL, **facts)  # type: ignore[arg-type]


def ordered(**facts: object) -> Entry:
    """What is done with a draft: only those who keep the centre know of it."""
    return Entry(kwargs=order, allowed={"coordinator"}, forbidden=NO_KEEPERS, **facts)  # type: ignore[arg-type]


def words(world: World) -> dict[str, str]:
    return {"effective": "2025-09-01", "position": "старший тьютор", "grounds": "заявление", "duties": "Вести"}


def signature(world: World) -> dict[str, str]:
    return {"number": "15", "day": "2025-09-01", "signer_position": "директор", "signer_name": "Директоров П. И."}


def offer(world: World) -> dict[str, Any]:
    rows = {"slots-TOTAL_FORMS": "0", "slots-INITIAL_FORMS": "0"}
    return {"teachers_at_once": "4", "hours_a_month": "12", "subjects": ["math"], "about": "Помогу", **rows}


BY_COMMISSION = {"coordinator": "the regulation of this centre grants the status by its commission"}
STATUS_ENTRIES: dict[str, Entry] = {
    "tutors:home": Entry(allowed=EVERYONE - {"administrator"}, forbidden={"administrator"}),
    "tutors:own": Entry(allowed=EVERYONE - {"administrator"}),
    "tutors:tutor_detail": Entry(kwargs=status, allowed=OF_CENTRE),
    "tutors:status_suspend": kept(method="POST", data=why),
    "tutors:status_resume": Entry(
        kwargs=lambda world: {"pk": world.things["suspended"].pk},
        allowed={"coordinator"},
        forbidden=NO_KEEPERS | SCHOOL,
        method="POST",
    ),
    "tutors:status_end": kept(method="POST", data=why),
    "tutors:release_new": Entry(kwargs=status, allowed={"coordinator"}, forbidden=NO_KEEPERS),
    "tutors:release_new POST": Entry(
        kwargs=status,
        allowed={"coordinator"},
        forbidden=NO_KEEPERS,
        method="POST",
        data=lambda world: {"effective": timezone.localdate().isoformat(), "reason": "переезд"},
    ),
    "tutors:register_consent": Entry(kwargs=status, allowed={"tutor"}, method="POST"),
    "tutors:register_withdraw": Entry(
        kwargs=lambda world: {"pk": world.things["suspended"].pk}, allowed={"other_tutor"}, method="POST"
    ),
    "tutors:earlier_new": Entry(
        kwargs=lambda world: {"pk": world.things["unwritten"].pk}, allowed={"coordinator"}, forbidden=NO_KEEPERS
    ),
    "tutors:earlier_new POST": Entry(
        kwargs=lambda world: {"pk": world.things["unwritten"].pk},
        allowed={"coordinator"},
        forbidden=NO_KEEPERS,
        method="POST",
        data=lambda world: {"basis_text": "приказ № 1", "start": "2025-09-01"},
    ),
    "tutors:enter_in_community": Entry(
        kwargs=lambda world: {"pk": world.things["admitted"].pk}, allowed={"coordinator"}, forbidden=NO_KEEPERS
    ),
    "tutors:enter_in_community POST": Entry(
        kwargs=lambda world: {"pk": world.things["admitted"].pk},
        allowed={"coordinator"},
        forbidden=NO_KEEPERS,
        method="POST",
        data=lambda world: {"start": "2026-09-01"},
        not_now=BY_COMMISSION,
    ),
    "tutors:order_new": Entry(
        kwargs=lambda world: {"pk": world.things["admitted"].pk}, allowed={"coordinator"}, forbidden=NO_KEEPERS
    ),
    "tutors:order_new POST": Entry(
        kwargs=lambda world: {"pk": world.things["admitted"].pk},
        allowed={"coordinator"},
        forbidden=NO_KEEPERS,
        method="POST",
        not_now=BY_COMMISSION,
    ),
    "tutors:order_list": Entry(allowed={"coordinator", "foreign_coordinator"}, forbidden=NO_KEEPERS),
    "tutors:order_detail": Entry(kwargs=order, allowed={"coordinator"}),
    "tutors:order_edit": ordered(),
    "tutors:order_edit POST": ordered(method="POST", data=words),
    "tutors:order_sign": ordered(method="POST", data=signature, not_now=BY_COMMISSION),
    "tutors:order_cancel": ordered(method="POST"),
    "tutors:order_acquaint": Entry(
        kwargs=lambda world: {"pk": world.things["signed"].pk},
        allowed={"tutor"},
        forbidden={"coordinator"},
        method="POST",
    ),
    "tutors:profile_edit": Entry(
        allowed={"tutor", "other_tutor", "foreign_tutor"},
        forbidden=EVERYONE - {"tutor", "other_tutor", "foreign_tutor"},
    ),
    "tutors:profile_edit POST": Entry(
        allowed={"tutor", "other_tutor", "foreign_tutor"},
        forbidden=EVERYONE - {"tutor", "other_tutor", "foreign_tutor"},
        method="POST",
        data=offer,
    ),
    "tutors:capacity_edit": Entry(
        kwargs=lambda world: {"pk": world.things["profile"].pk},
        allowed={"coordinator"},
        forbidden=NO_KEEPERS | SCHOOL,
    ),
    "tutors:capacity_edit POST": Entry(
        kwargs=lambda world: {"pk": world.things["profile"].pk},
        allowed={"coordinator"},
        forbidden=NO_KEEPERS | SCHOOL,
        method="POST",
        data=lambda world: {"teachers_at_once": "5", "hours_a_month": "10"},
    ),
    "tutors:register": Entry(kwargs=lambda world: {"pk": world.own.pk}, allowed=EVERYONE | {"anonymous"}, public=True),
    "tutors:register_export": Entry(
        kwargs=lambda world: {"pk": world.own.pk},
        allowed={"coordinator"},
        forbidden=NO_KEEPERS | SCHOOL | {"foreign_head"},
    ),
}


def prepare_statuses(world: World) -> None:
    """The tutor of the world has a status, another one has none; a draft and a signed order; an admitted applicant."""
    tutor = person_of(world, "tutor")
    status = world.things["status"] = make_status(world.own, tutor)
    status.regulation = make_centre(preset="balta").regulations.get()  # given by an order, so an order releases
    status.save()
    world.things["profile"] = TutorProfile.objects.get(person=tutor)
    world.things["unwritten"] = make_member(world.own, Role.TUTOR).person
    other = person_of(world, "other_tutor")
    world.things["suspended"] = make_status(
        world.own, other, state=StatusState.SUSPENDED, suspended_from=date(2026, 1, 1)
    )
    Consent.objects.create(person=other, centre=world.own, kind=ConsentKind.REGISTER, text="Согласна")
    candidate = make_person()
    world.things["order"] = make_order(world.own, candidate, application=make_admitted(world.own, candidate))
    world.things["admitted"] = make_admitted(world.own, make_person())
    world.things["signed"] = make_order(
        world.own,
        tutor,
        kind=OrderKind.APPOINT,
        state=OrderState.SIGNED,
        number="1",
        day=date(2025, 9, 1),
        signer_name="Директоров П. И.",
        signed_at=timezone.now(),
    )


def person_of(world: World, viewer: str) -> Person:
    person = world.accounts[viewer].person
    assert person is not None
    return person

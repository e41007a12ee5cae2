"""Who may take a card, and who may check one: everybody, also without an account."""

from tests.documents.things import make_document
from tests.events.event_factories import announced
from tests.events.event_factories import rules as event_rules
from tests.matrix import EVERYONE, Entry
from tests.planning.audits.audit_factories import signed
from tests.planning.plan_factories import approved, approved_programme
from tests.routes import matrix as routes
from tests.tutors.status_matrix import prepare_statuses
from tests.world import World
from traektoria.routes.models import LearningRoute

OWNERS = {"teacher", "tutor"}
TUTORS = {"tutor", "other_tutor", "foreign_tutor"}


REGISTER = {"coordinator", "tutor", "other_tutor", "head", "deputy_head"}
IN_CENTRE = {"coordinator", "tutor", "other_tutor", "teacher", "other_teacher", "head", "deputy_head"}


def prepare(world: World) -> None:
    routes.prepare(world)
    LearningRoute.objects.filter(pk=world.things["route"].pk).update(deficit_plan=True)
    world.things["document"] = make_document(world.things["route"])
    world.things["official"] = make_document(world.things["route"], "2" * 64, kind="order")
    prepare_statuses(world)
    world.things["plan"] = approved(world)
    world.things["act"] = signed(world)
    event_rules(world)
    world.things["event_date"] = announced(world).dates.get()
    world.things["approved_programme"] = approved_programme(world)


ENTRIES = {
    "documents:route_card": Entry(allowed=OWNERS, kwargs=lambda world: {"pk": world.things["route"].pk, "form": "pdf"}),
    "documents:route_cards": Entry(allowed=OWNERS, forbidden=EVERYONE - OWNERS, kwargs=lambda world: {"form": "pdf"}),
    "documents:paper deficit_plan": Entry(
        allowed=OWNERS,
        kwargs=lambda world: {"kind": "deficit_plan", "pk": world.things["route"].pk, "form": "docx"},
    ),
    "documents:deficit_plans": Entry(
        allowed={"tutor"}, forbidden=EVERYONE - TUTORS, kwargs=lambda world: {"school": world.school.pk, "form": "docx"}
    ),
    "documents:paper regulation": Entry(
        allowed=IN_CENTRE,
        kwargs=lambda world: {"kind": "regulation", "pk": world.own.regulations.all()[0].pk, "form": "docx"},
    ),
    "documents:paper order": Entry(
        allowed={"coordinator"},
        kwargs=lambda world: {"kind": "order", "pk": world.things["order"].pk, "form": "docx"},
    ),
    "documents:paper work_plan": Entry(
        allowed={"coordinator", "tutor", "other_tutor"},
        kwargs=lambda world: {"kind": "work_plan", "pk": world.things["plan"].pk, "form": "docx"},
    ),
    "documents:paper audit_act": Entry(
        allowed={"coordinator", "tutor", "head", "deputy_head"},
        kwargs=lambda world: {"kind": "audit_act", "pk": world.things["act"].pk, "form": "docx"},
    ),
    "documents:paper event_sheet": Entry(
        allowed={"coordinator", "tutor"},
        kwargs=lambda world: {"kind": "event_sheet", "pk": world.things["event_date"].pk, "form": "docx"},
    ),
    "documents:paper programme": Entry(
        allowed={"coordinator", "tutor", "other_tutor"},
        kwargs=lambda world: {"kind": "programme", "pk": world.things["approved_programme"].pk, "form": "docx"},
    ),
    "documents:document_detail": Entry(
        allowed=REGISTER,
        forbidden=EVERYONE - REGISTER - {"foreign_coordinator", "foreign_tutor", "foreign_head"},
        kwargs=lambda world: {"pk": world.things["official"].pk},
    ),
    "documents:document_detail of a card": Entry(
        allowed=frozenset(),
        forbidden=EVERYONE - REGISTER - {"foreign_coordinator", "foreign_tutor", "foreign_head"},
        kwargs=lambda world: {"pk": world.things["document"].pk},
    ),
    "documents:verification": Entry(allowed=EVERYONE, public=True),
    "documents:verification_result": Entry(
        allowed=EVERYONE, public=True, kwargs=lambda world: {"code": world.things["document"].code}
    ),
}

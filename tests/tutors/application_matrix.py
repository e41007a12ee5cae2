"""Who may open what of the applications: one of ``teacher`` in the own centre, submitted, nominated by
``other_tutor``; what only a candidate or a nominee does is tried on it too."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from tests.factories import make_employment, make_member, make_person, make_school
from tests.matrix import EVERYONE, Entry, sheet
from tests.tutors.application_factories import make_application, make_evidence
from tests.world import World
from traektoria.people.enums import Role
from traektoria.tutors.applications.enums import Check

COORDINATORS = {"coordinator", "foreign_coordinator"}
TUTORS = {"tutor", "other_tutor", "foreign_tutor"}
TEACHERS = {"teacher", "other_teacher", "foreign_teacher"}
HEADS = {"head", "deputy_head", "foreign_head"}
APPLICANTS = TEACHERS | TUTORS | HEADS
NOMINATORS = COORDINATORS | TUTORS | HEADS


def prepare_applications(world: World) -> None:
    """One in each state that somebody acts on, each of another teacher."""
    if "application" in world.things:
        return
    people = {name: account.person for name, account in world.accounts.items()}
    made = make_application(world.own, people["teacher"], nominated_by=people["other_tutor"])
    draft = make_application(world.own, people["other_teacher"], "draft")
    make_application(world.own, people["other_teacher"], "withdrawn", motivation="Прежние слова")
    checked = make_application(world.own, make_person())
    colleagues = {"colleague": world.school, "foreign_colleague": make_school(world.foreign)}
    make_member(world.foreign, Role.HEAD, colleagues["foreign_colleague"], world.accounts["foreign_head"].person)
    for name, school in colleagues.items():
        world.things[name] = make_employment(make_person(), school).person
    checked.answers.update(check_result=Check.MET, checked_at=timezone.now())
    world.things |= {
        "application": made,
        "application_evidence": make_evidence(made, "higher_education"),
        "draft_application": draft,
        "reused": draft,
        "draft_evidence": make_evidence(draft, "higher_education"),
        "nomination": make_application(world.own, people["declined"], "nominated", nominated_by=people["tutor"]),
        "refused_application": make_application(world.own, people["left"], "refused"),
        "checked_application": checked,
    }


def _of(name: str, **more: Any) -> Any:
    return lambda world: {"pk": world.things[name].pk, **more}


def _words(world: World) -> dict[str, Any]:
    return {"text": "Есть вопрос", "link": "https://example.org/diploma"}


def _about(world: World) -> dict[str, Any]:
    return {"subjects": ["math"], "motivation": "Вместе читать условие"}


def _checks(world: World) -> dict[str, Any]:
    return sheet(world, "coordinator", _page(world), _page(world) + "check/", check_higher_education="met")


def _page(world: World) -> str:
    return reverse("tutors:application_detail", kwargs=_of("application")(world))


def _nominee(world: World) -> dict[str, Any]:
    """Somebody whom the viewer may nominate."""
    foreign = world.viewer.startswith("foreign") or world.viewer == "two_centres"
    return {"person": world.things["colleague" if not foreign else "foreign_colleague"].pk, "reason": "Объясняет"}


def _candidates(viewer: str, name: str, data: Any = None, **more: Any) -> Entry:
    """What only the candidate does."""
    return Entry(
        allowed={viewer}, forbidden={"coordinator"}, method="POST", kwargs=_of(name, **more),
        data=data or (lambda world: {}), named=True, idle={"other_teacher": HAS_ALL} if name == "reused" else {},
    )  # fmt: skip


def _considers(name: str = "application", data: Any = _words, **fields: Any) -> Entry:
    """What is done by those who look at papers, and never of one's own application."""
    return Entry(
        allowed={"coordinator", *LEADERS}, forbidden={"teacher"} if name == "application" else set(), method="POST",
        data=data, kwargs=_of(name), **fields,
    )  # fmt: skip


LEADERS = {"chair", "secretary"}
HAS_ALL = "every criterion has its answer already"
SLUG = {"slug": "higher_education"}
APPLICATION_ENTRIES: dict[str, Entry] = {
    "tutors:application_list": Entry(allowed=NOMINATORS | LEADERS, forbidden=EVERYONE - NOMINATORS),
    "tutors:application_begin": Entry(allowed=APPLICANTS, forbidden=EVERYONE - APPLICANTS),
    "tutors:application_begin POST": Entry(
        allowed=APPLICANTS, forbidden=EVERYONE - APPLICANTS, method="POST",
        idle={"teacher": "has an open application", "other_teacher": "has a draft", "declined": "is nominated"},
        not_now={"tutor": "is a tutor already, too early for a renewal", "other_tutor": "the status is suspended"},
    ),
    "tutors:application_nominate": Entry(allowed=NOMINATORS, forbidden=EVERYONE - NOMINATORS),
    "tutors:application_nominate POST": Entry(
        allowed=NOMINATORS, forbidden=EVERYONE - NOMINATORS, method="POST", data=_nominee,
    ),
    "tutors:application_detail": Entry(allowed={"teacher", "coordinator", "other_tutor", *LEADERS},
                                       kwargs=_of("application")),
    "tutors:application_about": _candidates("other_teacher", "draft_application", _about),
    "tutors:application_say": _candidates("other_teacher", "draft_application", _words, **SLUG),
    "tutors:application_attach": _candidates("other_teacher", "draft_application", _words, **SLUG),
    "tutors:application_submit": _candidates("other_teacher", "draft_application"),
    "tutors:application_withdraw": _candidates("teacher", "application"),
    "tutors:application_reuse": _candidates("other_teacher", "reused"),
    "tutors:application_appeal": _candidates("left", "refused_application", _words),
    "tutors:application_consent": _candidates("declined", "nomination"),
    "tutors:application_decline": _candidates("declined", "nomination"),
    "tutors:application_detach": Entry(
        allowed={"other_teacher"}, kwargs=_of("draft_evidence"), method="POST", named=True
    ),
    "tutors:application_evidence_download": Entry(
        allowed={"teacher", "coordinator", *LEADERS}, kwargs=_of("application_evidence")
    ),
    "tutors:application_check": _considers(data=_checks),
    "tutors:application_return": _considers(),
    "tutors:application_admit": _considers("checked_application"),
    "tutors:application_refuse": _considers(
        "checked_application", not_now=dict.fromkeys(("coordinator", *LEADERS), "the commission decides in this centre")
    ),
}  # fmt: skip

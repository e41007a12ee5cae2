"""Who may open what of the applications: one of ``teacher`` in the own centre, submitted, nominated by
``other_tutor``; what only a candidate or a nominee does is tried on it too."""

from typing import Any

from tests.matrix import EVERYONE, Entry
from tests.tutors.application_factories import make_application, make_evidence
from tests.world import World

COORDINATORS = {"coordinator", "foreign_coordinator"}
TUTORS = {"tutor", "other_tutor", "foreign_tutor"}
TEACHERS = {"teacher", "other_teacher", "foreign_teacher"}
HEADS = {"head", "deputy_head", "foreign_head"}
APPLICANTS = TEACHERS | TUTORS | HEADS


def prepare_applications(world: World) -> None:
    """Put the objects that the addresses name into ``world.things``."""
    if "application" in world.things:
        return
    nominator = world.accounts["other_tutor"].person
    made = make_application(world.own, world.accounts["teacher"].person, nominated_by=nominator)
    world.things["application"] = made
    world.things["application_evidence"] = make_evidence(made, "higher_education")


def _pk(world: World) -> dict[str, Any]:
    return {"pk": world.things["application"].pk}


def _criterion(world: World) -> dict[str, Any]:
    return {**_pk(world), "slug": "higher_education"}


def _evidence(world: World) -> dict[str, Any]:
    return {"pk": world.things["application_evidence"].pk}


def _words(world: World) -> dict[str, Any]:
    return {"text": "Есть вопрос", "link": "https://example.org/diploma"}


def _candidates(**fields: Any) -> Entry:
    """What only the candidate does."""
    return Entry(
        allowed={"teacher"}, forbidden={"coordinator"}, method="POST", data=_words, **{"kwargs": _pk, **fields}
    )


def _considers() -> Entry:
    """What is done by those who look at papers, and never of one's own application."""
    return Entry(allowed={"coordinator"}, forbidden={"teacher"}, method="POST", data=_words, kwargs=_pk)


APPLICATION_ENTRIES: dict[str, Entry] = {
    "tutors:application_list": Entry(
        allowed=COORDINATORS | TUTORS | HEADS, forbidden=EVERYONE - COORDINATORS - TUTORS - HEADS
    ),
    "tutors:application_begin": Entry(allowed=APPLICANTS, forbidden=EVERYONE - APPLICANTS),
    "tutors:application_begin POST": Entry(allowed=APPLICANTS, forbidden=EVERYONE - APPLICANTS, method="POST"),
    "tutors:application_nominate": Entry(
        allowed=COORDINATORS | TUTORS | HEADS, forbidden=EVERYONE - COORDINATORS - TUTORS - HEADS
    ),
    "tutors:application_nominate POST": Entry(
        allowed=COORDINATORS | TUTORS | HEADS, forbidden=EVERYONE - COORDINATORS - TUTORS - HEADS, method="POST"
    ),
    "tutors:application_detail": Entry(allowed={"teacher", "coordinator", "other_tutor"}, kwargs=_pk),
    "tutors:application_about": _candidates(),
    "tutors:application_say": _candidates(kwargs=_criterion),
    "tutors:application_attach": _candidates(kwargs=_criterion),
    "tutors:application_submit": _candidates(),
    "tutors:application_withdraw": _candidates(),
    "tutors:application_reuse": _candidates(),
    "tutors:application_appeal": _candidates(),
    "tutors:application_consent": _candidates(),
    "tutors:application_decline": _candidates(),
    "tutors:application_detach": _candidates(kwargs=_evidence),
    "tutors:application_evidence_download": Entry(allowed={"teacher", "coordinator"}, kwargs=_evidence),
    "tutors:application_check": _considers(),
    "tutors:application_return": _considers(),
    "tutors:application_admit": _considers(),
    "tutors:application_refuse": _considers(),
}

"""What the fixed words of a regulation are called for people: one label for each member of each enumeration."""

from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from traektoria.organisations.enums import HelpReason
from traektoria.organisations.regulations.consultation_rules import CancelBy
from traektoria.organisations.regulations.criteria import Fact, Paper
from traektoria.organisations.regulations.event_rules import Priority
from traektoria.organisations.regulations.schema import (
    CategoryFact,
    Every,
    Form,
    Majority,
    MemberKind,
    Mode,
    Party,
    Procedure,
)

LABELS: dict[type[StrEnum], dict[Any, Any]] = {
    HelpReason: {one: one.label for one in HelpReason},
    Form: {
        Form.MUNICIPAL_CENTRE: _("municipal tutor centre"),
        Form.SCHOOL: _("tutor support at a school"),
        Form.COMMUNITY: _("community of tutors"),
        Form.CONSULTATION_POINTS: _("community with consultation points at schools"),
        Form.CONSULTING_POINT: _("tutor consulting point"),
    },
    Procedure: {
        Procedure.COMMISSION: _("a commission decides by criteria"),
        Procedure.ORDER: _("the head appoints by an order"),
        Procedure.VOLUNTARY: _("one joins of one's own will"),
    },
    CategoryFact: {
        CategoryFact.NOBODY: _("nothing: the program proposes it to nobody"),
        CategoryFact.NEWCOMER: _("teaches for less than a year"),
        CategoryFact.CONFIRMED: _("difficulties that the teacher has confirmed"),
        CategoryFact.NEW_CLASS: _("a grade in which the teacher did not teach before"),
        CategoryFact.PROCEDURES: _("suppositions from results of pupils that the teacher has confirmed"),
    },
    Party: {
        Party.TEACHER: _("the teacher who is supported"),
        Party.TUTOR: _("the tutor"),
        Party.HEAD: _("the head of the school"),
    },
    MemberKind: {
        MemberKind.SCHOOL_STAFF: _("staff of schools"),
        MemberKind.AUTHORITY: _("education authority"),
        MemberKind.METHODIST: _("methodists"),
        MemberKind.SCIENCE: _("scholars"),
        MemberKind.UNION: _("trade union"),
    },
    Majority: {
        Majority.PRESENT: _("more than half of those present"),
        Majority.MEMBERS: _("more than half of the whole commission"),
        Majority.TWO_THIRDS: _("two thirds of those present"),
    },
    Mode: {
        Mode.IN_PERSON: _("in person"),
        Mode.VIDEO: _("by video call"),
        Mode.GROUP: _("for a group"),
        Mode.INDIVIDUAL: _("one to one"),
    },
    Every: {
        Every.ONCE: _("once"),
        Every.TWO_MONTHS: _("every two months"),
        Every.QUARTER: _("every quarter"),
        Every.HALF_YEAR: _("every half-year"),
        Every.YEAR: _("once a year"),
        Every.BY_SCHEDULE: _("by the schedule"),
        Every.ON_REQUEST: _("on request"),
        Every.AFTER_RESULTS: _("after results of assessments"),
        Every.ALL_YEAR: _("all year round"),
    },
    CancelBy: {
        CancelBy.PERSON: _("only who has booked"),
        CancelBy.PERSON_OR_SCHOOL: _("who has booked, and the head of their school"),
    },
    Priority: {
        Priority.SCHOOL: _("teachers of schools that are helped first"),
        Priority.ROUTE_ITEM: _("those for whom it serves an item of their route"),
        Priority.SUBJECT: _("those who teach its subject"),
    },
    Fact: {
        Fact.REGION_SERVICE: _("full years of work at schools of the region"),
        Fact.SERVICE: _("full years of teaching altogether"),
        Fact.MUNICIPALITY_SERVICE: _("full years of work at schools of the municipality"),
        Fact.CATEGORY: _("category: 1 is the first, 2 is the highest"),
    },
    Paper: {
        Paper.DIPLOMA: _("diploma"),
        Paper.TRAINING: _("certificate of training"),
        Paper.OTHER: _("another document"),
    },
}

JOINED = {"all": _("all of them"), "any": _("any one of them"), "at_least": _("at least so many of them")}
KINDS = {
    "threshold": _("a threshold"),
    "document": _("a document"),
    "judged": _("judged by the commission"),
    "group": _("a group"),
}


def label_of(member: StrEnum) -> Any:
    """The label of a member, lazily translated."""
    return LABELS[type(member)][member]

"""The schema of a regulation. A field added later gets a default, so that older versions stay readable.

``Regulation.content`` in the database is ``Rules.model_dump(mode="json")``; ``rules_of`` reads it back.
"""

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Self

from django.utils.translation import gettext_lazy as _
from pydantic import Field, model_validator

from traektoria.organisations.enums import HelpReason
from traektoria.organisations.regulations.consultation_rules import ConsultingRules
from traektoria.organisations.regulations.criteria import Group, walk
from traektoria.organisations.regulations.diagnostics_rules import DiagnosticsRules
from traektoria.organisations.regulations.event_rules import EventRules
from traektoria.organisations.regulations.parts import FieldLook, Line, Named, Optional, Part, Text


class Form(StrEnum):
    """What kind of body the centre is."""

    MUNICIPAL_CENTRE = "municipal_centre"
    SCHOOL = "school"
    COMMUNITY = "community"
    CONSULTATION_POINTS = "consultation_points"
    CONSULTING_POINT = "consulting_point"


class Procedure(StrEnum):
    """How one becomes a tutor."""

    COMMISSION = "commission"  # a commission decides by criteria
    ORDER = "order"  # the head appoints by an order
    VOLUNTARY = "voluntary"  # one joins the community; the coordinator enters them in the list


class Party(StrEnum):
    TEACHER = "teacher"
    TUTOR = "tutor"
    HEAD = "head"


class MemberKind(StrEnum):
    """Whom a commission may be made of."""

    SCHOOL_STAFF = "school_staff"
    AUTHORITY = "authority"
    METHODIST = "methodist"
    SCIENCE = "science"
    UNION = "union"


class Majority(StrEnum):
    """More than half of those present, more than half of the whole commission, two thirds of those present."""

    PRESENT = "present"
    MEMBERS = "members"
    TWO_THIRDS = "two_thirds"


class Mode(StrEnum):
    """How a consultation or another service is given."""

    IN_PERSON = "in_person"
    VIDEO = "video"
    GROUP = "group"
    INDIVIDUAL = "individual"


class Every(StrEnum):
    """A rhythm."""

    ONCE = "once"
    TWO_MONTHS = "two_months"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"
    BY_SCHEDULE = "by_schedule"
    ON_REQUEST = "on_request"
    AFTER_RESULTS = "after_results"
    ALL_YEAR = "all_year"


class Described(Named):
    """A named thing with a few words about it."""

    text: Annotated[str, Field(max_length=3000), FieldLook(_("Description"), lines=3)] = ""


class About(Part):
    """What the centre is and rests on."""

    form: Annotated[Form, FieldLook(_("Form"))]
    title: Annotated[Line, FieldLook(_("Title of the regulation"))]
    purpose: Annotated[Text, FieldLook(_("Purpose"), lines=3)]
    tasks: Annotated[tuple[Text, ...], FieldLook(_("Tasks of the centre"), _("One on each line"), lines=8)] = ()
    terms: Annotated[tuple[Described, ...], Field(max_length=40), FieldLook(_("Terms"))] = ()
    structure: Annotated[tuple[Text, ...], FieldLook(_("Make-up of the centre"), _("One on each line"), lines=6)] = ()
    functions: Annotated[tuple[Described, ...], Field(max_length=40), FieldLook(_("Functions"))] = ()
    tutor_functions: Annotated[tuple[Described, ...], Field(max_length=40), FieldLook(_("Functions of a tutor"))] = ()
    principles: Annotated[tuple[Text, ...], FieldLook(_("Principles"), _("One on each line"), lines=8)] = ()
    results: Annotated[tuple[Text, ...], FieldLook(_("Expected results"), _("One on each line"), lines=6)] = ()
    products: Annotated[tuple[Text, ...], FieldLook(_("Methodical products"), _("One on each line"), lines=6)] = ()
    basis: Annotated[tuple[Text, ...], FieldLook(_("Legal basis"), _("One act on each line"), lines=6)] = ()
    rights: Annotated[tuple[Text, ...], FieldLook(_("Rights of the centre"), _("One on each line"), lines=6)] = ()
    duties: Annotated[tuple[Text, ...], FieldLook(_("Duties of the centre"), _("One on each line"), lines=6)] = ()
    site: Annotated[bool, FieldLook(_("The centre keeps a public site"))] = False


class Direction(Described):
    """A direction of work with its kinds of activity."""

    activities: Annotated[tuple[Text, ...], FieldLook(_("Activities"), _("One on each line"), lines=8)] = ()


class CommissionRules(Part):
    """How a commission is made up and decides."""

    kinds: Annotated[tuple[MemberKind, ...], Field(min_length=1), FieldLook(_("Who may be a member"))]
    by_consent: Annotated[tuple[MemberKind, ...], FieldLook(_("Who of them takes part by agreement"))] = ()
    least_members: Annotated[int, Field(ge=3, le=51), FieldLook(_("At least so many members"))] = 5
    term_months: Annotated[int, Field(ge=1, le=120), FieldLook(_("Term of the commission, months"))] = 24
    quorum: Annotated[
        float,
        Field(gt=0, le=1),
        FieldLook(_("Quorum, a share of the members"), _("0.5 is a half; exactly the share is enough")),
    ] = 0.5
    majority: Annotated[Majority, FieldLook(_("A decision needs"))] = Majority.PRESENT
    secret: Annotated[bool, FieldLook(_("The vote is secret"))] = False
    chair_breaks_tie: Annotated[bool, FieldLook(_("With equal votes the chair's vote decides"))] = True
    review_days: Annotated[int, Field(ge=1, le=365), FieldLook(_("An application is considered within, days"))] = 30
    appeal_days: Annotated[int, Field(ge=0, le=365), FieldLook(_("A refusal can be appealed within, days"))] = 30


class StatusRules(Part):
    """Who is a tutor, for how long, by whose decision."""

    procedure: Annotated[Procedure, FieldLook(_("How one becomes a tutor"))]
    name: Annotated[Line, FieldLook(_("What the status is called"))]
    term_months: Annotated[int, Field(ge=0, le=120), FieldLook(_("Term in months"), _("0 means without a term"))] = 0
    renewable: Annotated[bool, FieldLook(_("The status can be renewed"))] = True
    remind_days: Annotated[
        tuple[int, ...], FieldLook(_("Remind before the end, days"), _("For example: 60, 30, 7"))
    ] = (
        60,
        30,
        7,
    )
    pay: Annotated[Optional, FieldLook(_("How the work of a tutor is paid"))] = ""
    criteria: Group
    commission: CommissionRules | None = None

    @model_validator(mode="after")
    def _commission_where_it_decides(self) -> Self:
        if (self.procedure == Procedure.COMMISSION) != (self.commission is not None):
            raise ValueError("commission_rules")
        _taken_once(one.slug for one in walk(self.criteria, archived=True))
        return self


class Stage(Described):
    """A stage of support with what must be there at its end."""

    artefacts: Annotated[tuple[Line, ...], FieldLook(_("What the stage leaves"), _("One on each line"), lines=4)] = ()


class CategoryFact(StrEnum):
    """By what a category of teachers is found and proposed to the teacher; none of it is proposed to anybody else."""

    NOBODY = "nobody"  # not found by the program
    NEWCOMER = "newcomer"  # teaches for less than a year
    CONFIRMED = "confirmed"  # has confirmed difficulties that they named or that a work showed
    NEW_CLASS = "new_class"  # teaches in a grade this year in which they did not teach before
    PROCEDURES = "procedures"  # has confirmed what results of pupils made supposable more than once


class Category(Described):
    """Whom tutors support. Nobody is proposed to anybody but themselves."""

    found_by: Annotated[CategoryFact, FieldLook(_("Found by"), _("Proposed to the teacher, who agrees or not"))] = (
        CategoryFact.NOBODY
    )


class SupportRules(Part):
    """How a tutor supports teachers."""

    stages: Annotated[tuple[Stage, ...], Field(min_length=1, max_length=12), FieldLook(_("Stages"))]
    categories: Annotated[tuple[Category, ...], Field(max_length=20), FieldLook(_("Whom tutors support"))] = ()
    target: Annotated[str, Field(max_length=3000), FieldLook(_("Who comes first"), lines=2)] = ""
    first: Annotated[
        tuple[HelpReason, ...],
        FieldLook(_("Schools of which official lists are helped first"), _("Alike among themselves")),
    ] = ()
    evidence: Annotated[
        tuple[Line, ...], FieldLook(_("How difficulties are found"), _("One on each line"), lines=5)
    ] = ()
    technologies: Annotated[tuple[Line, ...], FieldLook(_("Technologies"), _("One on each line"), lines=5)] = ()
    period: Annotated[Optional, FieldLook(_("For what time"))] = ""
    agreed_by: Annotated[tuple[Party, ...], FieldLook(_("Who agrees a route"))] = (Party.TEACHER, Party.TUTOR)
    deficit_plan: Annotated[
        bool,
        FieldLook(
            _("A route is a personified plan"), _("It is printed in the table of a plan: work, deadline, responsible")
        ),
    ] = False
    group: Annotated[bool, FieldLook(_("A tutor may support a group"))] = True
    teachers_at_once: Annotated[int, Field(ge=1, le=200), FieldLook(_("Teachers of one tutor at once, usually"))] = 10
    hours_a_teacher: Annotated[float, Field(gt=0, le=40), FieldLook(_("Hours a month for one teacher, usually"))] = 2

    @model_validator(mode="after")
    def _both_sides(self) -> Self:
        if not {Party.TEACHER, Party.TUTOR} <= set(self.agreed_by):
            raise ValueError("agreed_by_both")
        return self

    @property
    def head_agrees(self) -> bool:
        return Party.HEAD in self.agreed_by


class Report(Named):
    """Who reports to whom, how often."""

    who: Annotated[Line, FieldLook(_("Who reports"))]
    to: Annotated[Line, FieldLook(_("To whom"))]
    every: Annotated[Every, FieldLook(_("How often"))]


class AuditRule(Named):
    """A regular look at how a school works."""

    what: Annotated[Text, FieldLook(_("What is looked at"), lines=2)]
    who: Annotated[Optional, FieldLook(_("Who looks"))] = ""
    every: Annotated[Every, FieldLook(_("How often"))]
    own_card: Annotated[
        bool,
        FieldLook(_("The school fills in its own card"), _("The audit is laid beside what the school says of itself")),
    ] = False
    lesson_calendars: Annotated[
        bool,
        FieldLook(_("Lesson calendars are read"), _("Hours, days and hard topics are counted beside the checklist")),
    ] = False


class EventKind(Described):
    """A form of work with teachers, its rhythm, and whether and how it is announced as an event."""

    every: Annotated[Every, FieldLook(_("How often"))] = Every.BY_SCHEDULE
    announced: Annotated[bool, FieldLook(_("Announced as an event, people register for it"))] = True
    approval: Annotated[bool, FieldLook(_("Announced after it is approved"))] = False
    observation: Annotated[bool, FieldLook(_("Those who came fill in an observation form"))] = False
    pupils: Annotated[bool, FieldLook(_("For pupils: only their number is kept, no names"))] = False
    results: Annotated[bool, FieldLook(_("A contest: places and prizes are written down after it"))] = False
    modular: Annotated[bool, FieldLook(_("A tutorial: events of programmes begin as this kind"))] = False


class CheckItem(Named):
    """A question of an expert's checklist."""

    points: Annotated[int, Field(ge=1, le=20), FieldLook(_("Points at most"))] = 1


class Checklist(Named):
    """What an expert checks in one kind of material."""

    subject: Annotated[Line, FieldLook(_("What is reviewed"))]
    items: Annotated[tuple[CheckItem, ...], Field(min_length=1, max_length=60), FieldLook(_("Questions"))]


class Indicator(Named):
    """A line of the mandatory minimum of effectiveness."""

    unit: Annotated[Line, FieldLook(_("Counted in"))]
    at_least: Annotated[float, Field(ge=0, le=1000), FieldLook(_("At least"))]
    every: Annotated[Every, FieldLook(_("For"))] = Every.YEAR


class Measure(Part):
    """A line of the default plan; ``when`` is the deadline as the source writes it."""

    title: Annotated[Text, FieldLook(_("Measure"), lines=2)]
    when: Annotated[Line, FieldLook(_("Deadline in words"))]
    who: Annotated[Optional, FieldLook(_("Responsible"))] = ""


class PlanSection(Named):
    """A section of the default plan."""

    measures: Annotated[tuple[Measure, ...], Field(max_length=100), FieldLook(_("Measures"))] = ()


class Service(Described):
    """What teachers and schools can ask for, and how it is given."""

    modes: Annotated[tuple[Mode, ...], FieldLook(_("How it is given"))] = ()
    every: Annotated[Every, FieldLook(_("How often"))] = Every.ON_REQUEST


class Rules(Part):
    """A whole regulation."""

    about: About
    directions: tuple[Direction, ...] = ()
    status: StatusRules
    support: SupportRules
    diagnostics: DiagnosticsRules = DiagnosticsRules()
    services: tuple[Service, ...] = ()
    consulting: ConsultingRules = ConsultingRules()
    documents: tuple[Described, ...] = ()
    reports: tuple[Report, ...] = ()
    audits: tuple[AuditRule, ...] = ()
    events: tuple[EventKind, ...] = ()
    event_rules: EventRules = EventRules()
    checklists: tuple[Checklist, ...] = ()
    minimum: tuple[Indicator, ...] = ()
    plan: tuple[PlanSection, ...] = ()
    banks: tuple[Described, ...] = ()
    partners: tuple[Described, ...] = ()

    @model_validator(mode="after")
    def _slugs(self) -> Self:
        for rows in (
            self.directions, self.services, self.documents, self.reports, self.audits, self.events, self.checklists,
            self.minimum, self.plan, self.banks, self.partners, self.support.stages, self.support.categories,
            self.event_rules.feedback, self.event_rules.observation, self.about.functions,
            self.about.tutor_functions, self.about.terms,
            *(checklist.items for checklist in self.checklists),
        ):  # fmt: skip
            _taken_once(row.slug for row in rows)
        return self


def _taken_once(slugs: Iterable[str]) -> None:
    twice = [slug for slug, number in Counter(slugs).items() if number > 1]
    if twice:
        raise ValueError(f"slug_twice:{twice[0]}")

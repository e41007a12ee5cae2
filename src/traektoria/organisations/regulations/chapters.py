"""What each section of a regulation says, without numbers; ``outline`` numbers it.

A chapter writes its clauses from the rules and gives none where the regulation is silent.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from traektoria.core.typography import quote
from traektoria.organisations.regulations.consultation_words import consulting_clauses
from traektoria.organisations.regulations.diagnostics_words import diagnostics_clauses
from traektoria.organisations.regulations.event_words import event_clauses, form_of_work
from traektoria.organisations.regulations.headings import HEADINGS
from traektoria.organisations.regulations.labels import label_of
from traektoria.organisations.regulations.schema import Described, Direction, Rules, Stage, SupportRules
from traektoria.organisations.regulations.sentences import (
    ClauseTable,
    ClauseText,
    defined,
    in_a_row,
    listed,
    lower_first,
    titled,
)
from traektoria.organisations.regulations.status_words import status_clauses
from traektoria.organisations.regulations.values_in_words import in_force, number

__all__ = ["CHAPTERS", "Chapter", "ClauseTable", "ClauseText"]


@dataclass(frozen=True)
class Chapter:
    """``write(rules, centre_name)`` gives the clauses; none of them, no section."""

    slug: str
    title: Any  # lazy string
    write: Callable[[Rules, str], list[ClauseText]]


def _general(rules: Rules, centre: str) -> list[ClauseText]:
    about = rules.about
    scope = _("This regulation says how %(centre)s works. Form: %(form)s.") % {
        "centre": quote(centre), "form": label_of(about.form),
    }  # fmt: skip
    site = [ClauseText("site", _("The centre tells about its work on a site of its own."))] if about.site else []
    return [
        ClauseText("scope", scope),
        *listed("basis", _("The work of the centre rests on:"), about.basis),
        *listed("terms", _("Terms of the regulation:"), map(defined, in_force(about.terms))),
        *listed("structure", _("The centre is made up so:"), about.structure),
        *listed("principles", _("Principles of the work:"), about.principles),
        *listed("partners", _("The centre works together with:"), map(titled, in_force(rules.partners))),
        *site,
    ]


def _purpose(rules: Rules, centre: str) -> list[ClauseText]:
    about = rules.about
    purpose = _("The purpose of the centre: %(purpose)s") % {"purpose": lower_first(about.purpose)}
    return [
        ClauseText("purpose", purpose),
        *listed("tasks", _("Tasks of the centre:"), about.tasks),
        *listed("functions", _("Functions of the centre:"), map(defined, in_force(about.functions))),
        *listed("tutor_functions", _("Functions of a tutor:"), map(defined, in_force(about.tutor_functions))),
        *listed("results", _("Results that are expected:"), about.results),
        *listed("products", _("Methodical products of the centre:"), about.products),
    ]


def _directions(rules: Rules, centre: str) -> list[ClauseText]:
    return [_direction(one) for one in in_force(rules.directions)]


def _direction(direction: Direction) -> ClauseText:
    text = titled(direction)
    return ClauseText(direction.slug, text if text.endswith((".", "!", "?")) else f"{text}.", direction.activities)


def _status(rules: Rules, centre: str) -> list[ClauseText]:
    return status_clauses(rules.status)


def _support(rules: Rules, centre: str) -> list[ClauseText]:
    support = rules.support
    return [
        *listed("categories", _("Tutors support:"), map(titled, in_force(support.categories))),
        *_line("target", _("Who comes first: %(who)s"), who=lower_first(support.target)),
        *_line("first", _("Helped first, alike among themselves: %(lists)s."), lists=_lists(support)),
        *listed("evidence", _("Difficulties are found by:"), support.evidence),
        ClauseText("stages", _("Support goes through stages:"), under=tuple(map(_stage, in_force(support.stages)))),
        *listed("technologies", _("Technologies of support:"), support.technologies),
        *_line("period", _("Support lasts: %(period)s."), period=lower_first(support.period).rstrip(".")),
        *_agreement(support),
    ]


def _line(slug: str, words: str, **values: str) -> list[ClauseText]:
    return [ClauseText(slug, words % values)] if all(values.values()) else []


def _lists(support: SupportRules) -> str:
    return ", ".join(str(label_of(one)) for one in support.first)


def _stage(stage: Stage) -> ClauseText:
    text = titled(stage).rstrip(".")
    if stage.artefacts:
        text = _("%(stage)s. What it leaves:") % {"stage": text}
    return ClauseText(stage.slug, text if stage.artefacts else f"{text}.", stage.artefacts)


def _agreement(support: SupportRules) -> list[ClauseText]:
    sides = ", ".join(str(label_of(one)) for one in support.agreed_by)
    whom = (
        _("A tutor supports single teachers and groups.") if support.group else _("A tutor supports single teachers.")
    )
    load = _("Teachers of one tutor at once, usually at most: %(number)s. Hours a month for each: %(hours)s.") % {
        "number": support.teachers_at_once, "hours": number(support.hours_a_teacher),
    }  # fmt: skip
    plan = _("A route is drawn up as a personified plan of closing professional deficits.")
    return [
        ClauseText("agreed_by", _("A route is agreed by: %(sides)s.") % {"sides": sides}),
        *([ClauseText("deficit_plan", plan)] if support.deficit_plan else []),
        ClauseText("group", whom),
        ClauseText("load", load),
    ]


def _diagnostics(rules: Rules, centre: str) -> list[ClauseText]:
    return diagnostics_clauses(rules.diagnostics)


def _papers(rules: Rules, centre: str) -> list[ClauseText]:
    rows = tuple((one.title, one.who, one.to, str(label_of(one.every))) for one in in_force(rules.reports))
    head = (_("Report"), _("Who reports"), _("To whom"), _("How often"))
    return [
        *listed("documents", _("A tutor keeps these documents:"), map(titled, in_force(rules.documents))),
        *_table("reports", _("Reports are given so:"), head, rows),
    ]


def _table(slug: str, text: str, head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[ClauseText]:
    rows = tuple(rows)
    return [ClauseText(slug, text, table=ClauseTable(head, rows))] if rows else []


def _audits(rules: Rules, centre: str) -> list[ClauseText]:
    rows = (
        (_("%(title)s. %(text)s") % {"title": one.title, "text": one.what}, one.who, str(label_of(one.every)))
        for one in in_force(rules.audits)
    )
    head = (_("What is looked at"), _("Who looks"), _("How often"))
    return _table("audits", _("The centre regularly looks, together with the school, at:"), head, rows)


def _forms(rules: Rules, centre: str) -> list[ClauseText]:
    events = ((form_of_work(one), str(label_of(one.every))) for one in in_force(rules.events))
    services = (
        (titled(one), ", ".join(str(label_of(mode)) for mode in one.modes), str(label_of(one.every)))
        for one in in_force(rules.services)
    )
    return [
        *_table("events", _("Forms of work with teachers:"), (_("Form of work"), _("How often")), events),
        *_table(
            "services",
            _("Teachers and schools can ask for:"),
            (_("Service"), _("How it is given"), _("How often")),
            services,
        ),
        *consulting_clauses(rules.consulting),
        *event_clauses(rules.event_rules),
    ]


def _expertise(rules: Rules, centre: str) -> list[ClauseText]:
    head = (_("Question"), _("Points at most"))
    return [
        said
        for one in in_force(rules.checklists)
        for said in _table(
            one.slug,
            _("%(title)s. Reviewed: %(subject)s.") % {"title": one.title, "subject": lower_first(one.subject)},
            head,
            [(item.title, str(item.points)) for item in in_force(one.items)],
        )
    ]


def _minimum(rules: Rules, centre: str) -> list[ClauseText]:
    head = (_("Indicator"), _("Counted in"), _("At least"), _("How often"))
    rows = ((one.title, one.unit, number(one.at_least), str(label_of(one.every))) for one in in_force(rules.minimum))
    return _table("minimum", _("The centre shows that its work is effective by at least:"), head, rows)


def _banks(rules: Rules, centre: str) -> list[ClauseText]:
    banks: list[Described] = in_force(rules.banks)
    return listed("banks", _("The centre gathers and keeps for all teachers:"), map(titled, banks))


def _plan(rules: Rules, centre: str) -> list[ClauseText]:
    head = (_("Measure"), _("Deadline"), _("Responsible"))
    return [
        said
        for one in in_force(rules.plan)
        for said in _table(one.slug, f"{one.title}.", head, [(row.title, row.when, row.who) for row in one.measures])
    ]


def _rights(rules: Rules, centre: str) -> list[ClauseText]:
    return [
        *listed("rights", _("The centre has the right to:"), in_a_row(rules.about.rights)),
        *listed("duties", _("The centre is bound to:"), in_a_row(rules.about.duties)),
    ]


CHAPTERS = (
    Chapter("general", HEADINGS["general"], _general),
    Chapter("purpose", HEADINGS["purpose"], _purpose),
    Chapter("directions", HEADINGS["directions"], _directions),
    Chapter("status", HEADINGS["status"], _status),
    Chapter("support", HEADINGS["support"], _support),
    Chapter("diagnostics", HEADINGS["diagnostics"], _diagnostics),
    Chapter("papers", HEADINGS["papers"], _papers),
    Chapter("audits", HEADINGS["audits"], _audits),
    Chapter("forms", HEADINGS["forms"], _forms),
    Chapter("expertise", HEADINGS["expertise"], _expertise),
    Chapter("minimum", HEADINGS["minimum"], _minimum),
    Chapter("banks", HEADINGS["banks"], _banks),
    Chapter("plan", HEADINGS["plan"], _plan),
    Chapter("rights", HEADINGS["rights"], _rights),
)

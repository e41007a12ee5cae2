"""Orders of the head: who sees them, what a draft begins with, the facts that the paper prints."""

from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from traektoria.core.boxes import readable, sentence
from traektoria.core.errors import Conflict
from traektoria.core.labels import text_of
from traektoria.core.paging import Page, replaced
from traektoria.core.prepared_statements import Given, prepared
from traektoria.engines.criteria import Truth
from traektoria.engines.declension import Case, decline, decline_title
from traektoria.engines.papers.typography import long_date
from traektoria.organisations.models import TutorCentre
from traektoria.organisations.regulations.contents import rules_of
from traektoria.organisations.regulations.schema import Procedure
from traektoria.people.actor import Actor, in_force
from traektoria.people.anybody import anybody, given_of
from traektoria.people.enums import Role
from traektoria.people.models import Employment, Person, full_name
from traektoria.people.names import name_of
from traektoria.tutors.applications.enums import ApplicationState
from traektoria.tutors.applications.models import Application
from traektoria.tutors.applications.queries.applications import checklist
from traektoria.tutors.orders.enums import OrderKind, OrderState
from traektoria.tutors.orders.models import StaffOrder
from traektoria.tutors.statuses.queries import centres_kept_by


def visible_to(actor: Actor) -> QuerySet[StaffOrder]:
    """All orders of the centres that the person keeps; of one's own the signed ones."""
    seen = Q(centre__in=centres_kept_by(actor))
    seen |= Q(person=actor.person_id or 0, state=OrderState.SIGNED)
    return StaffOrder.objects.filter(seen).select_related(
        "centre__school", "centre__municipality", "school", "person", "signer", "application__regulation",
        "status__regulation",
    )  # fmt: skip


@dataclass(frozen=True)
class OrderRow:
    """A line of the list."""

    pk: int
    kind: str
    number: str
    day: date | None
    effective: date
    state: str
    acquainted_at: datetime | None
    name: str

    @property
    def kind_label(self) -> str:
        return text_of(OrderKind, self.kind)

    @property
    def state_label(self) -> str:
        return text_of(OrderState, self.state)


def order_page(actor: Actor, centre: int, asked: object) -> Page[OrderRow]:
    """Orders of a centre that the actor may see, the latest first. One query."""
    page = _orders(actor.roles).page(asked, centre=centre, **given_of(actor))
    rows = [OrderRow(*(*columns[:-3], full_name(*columns[-3:]))) for columns in page]
    return replaced(page, rows)


@prepared
def _orders(roles: frozenset[Role]) -> QuerySet[StaffOrder, Any]:
    columns = ("pk", "kind", "number", "day", "effective", "state", "acquainted_at")
    names = (f"person__{part}" for part in ("surname", "given", "patronymic"))
    rows = visible_to(anybody(roles)).select_related(None).filter(centre=Given("centre"))
    return rows.order_by("-created_at", "-pk").values_list(*columns, *names)


def waiting_for_order(actor: Actor, centre: int) -> list[Application]:
    """``waiting_applications`` of one centre whose regulation asks for an order. One query."""
    rows: list[Application] = _waiting(actor.roles).all(centre=centre, **given_of(actor))
    return [row for row in rows if rules_of(row.regulation).status.procedure == Procedure.ORDER]


@prepared
def _waiting(roles: frozenset[Role]) -> QuerySet[Application]:
    return waiting_applications(anybody(roles)).filter(centre=Given("centre"))


def waiting_applications(actor: Actor) -> QuerySet[Application]:
    """Admitted applications of the kept centres that nobody has prepared an order of. Never one's own."""
    orders = StaffOrder.objects.filter(application=OuterRef("pk")).exclude(state=OrderState.CANCELLED)
    rows = admitted(actor).filter(~Exists(orders)).exclude(person=actor.person_id or 0)
    return rows.order_by("submitted_at", "pk")


def considered(actor: Actor) -> QuerySet[Application]:
    """Applications of the kept centres that an order or an entry is asked of: admitted, or decided already."""
    rows = Application.objects.filter(
        centre__in=centres_kept_by(actor), state__in=(ApplicationState.ADMITTED, ApplicationState.GRANTED)
    )
    return rows.select_related("person", "centre__school", "centre__municipality", "regulation")


def admitted(actor: Actor) -> QuerySet[Application]:
    """Admitted applications of the centres that the person keeps."""
    rows = Application.objects.filter(centre__in=centres_kept_by(actor), state=ApplicationState.ADMITTED)
    return rows.select_related("person", "centre__school", "regulation")


def missing_of(application: Application) -> list[str] | None:
    """Titles of the requirements that are not met, as found by whoever checked the papers; None where all is met."""
    found = checklist(application)
    return None if found.root.finding == Truth.MET else [row.leaf.title for row in found.missing]


def work_of(person: Person, centre: TutorCentre) -> Employment | None:
    """The person's work at a school of the centre today, the latest."""
    rows = Employment.objects.filter(in_force(timezone.localdate()), person=person, school__in=centre.schools())
    return rows.select_related("school").order_by("-start", "-pk").first()


def draft_words(application: Application) -> dict[str, str]:
    """What a draft of the appointment begins with, from the regulation and the application. Russian: it is printed.

    The grounds are the regulation and the application, not the professional standard of tutors of children.
    """
    with translation.override("ru"):
        rules = rules_of(application.regulation)
        return {
            "grounds": "\n".join(_grounds(application, rules.about.title)),
            "duties": "\n".join(_duties(rules)),
            "control": _("I keep the control of this order to myself"),
            "position": getattr(work_of(application.person, application.centre), "position", ""),
        }


def _grounds(application: Application, title: str) -> list[str]:
    basis = application.regulation.basis
    lines = [f"{title} ({basis})" if basis else title]
    if application.nominated_by_id:
        lines.append(
            _("nomination of %(day)s with the consent of the candidate")
            % {"day": long_date(timezone.localdate(application.created_at))}
        )
    if application.submitted_at:
        day = long_date(timezone.localdate(application.submitted_at))
        lines.append(_("application of %(day)s") % {"day": day})
    return lines


def _duties(rules: Any) -> list[str]:
    stages = ", ".join(stage.title[:1].lower() + stage.title[1:] for stage in rules.support.stages)
    return [
        _("support teachers in drawing up and walking individual learning routes"),
        _("work by the stages of the regulation: %(stages)s") % {"stages": stages},
        _("take no part in the appraisal of the teachers supported and keep what they entrust"),
    ]


@dataclass(frozen=True)
class OrderFacts:
    """What the paper prints, nothing else. Texts are Russian; lists are lines; ``certain`` is false where a name or a
    position should be looked at in its cases before signing."""

    kind: str
    number: str
    day: date | None
    effective: date
    end: date | None
    organisation: str
    centre: str
    municipality: str
    name: str
    name_short: str
    name_genitive: str
    name_dative: str
    name_accusative: str
    position: str
    position_genitive: str
    position_dative: str
    position_accusative: str
    status_name: str
    status_genitive: str
    status_instrumental: str
    reason: str
    grounds: tuple[str, ...]
    duties: tuple[str, ...]
    control: str
    signer_name: str
    signer_position: str
    certain: bool = True


DAYS = ("day", "effective", "end")
LINES = ("grounds", "duties")


def order_facts(order: StaffOrder) -> OrderFacts:
    """The facts of an order: of a signed one as they were signed, of a draft as they are now."""
    return kept_facts(order.printed) if order.printed else current_facts(order)


def current_facts(order: StaffOrder) -> OrderFacts:
    """The facts of an order by what is known now, with names and positions declined."""
    cases, certain = _cases(order)
    own = ("kind", "number", "day", "effective", "end", "reason", "control", "signer_name", "signer_position")
    return OrderFacts(
        **{name: getattr(order, name) for name in own},
        **cases,
        organisation=_organisation(order),
        centre=order.centre.full_name or order.centre.name,
        municipality=order.centre.municipality.name,
        grounds=lines_of(order.grounds),
        duties=lines_of(order.duties),
        certain=certain,
    )  # fmt: skip


def lines_of(text: str) -> tuple[str, ...]:
    """Lines without empty ones."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _organisation(order: StaffOrder) -> str:
    """In whose name the order is: the school, else the founder of the centre."""
    if order.school:
        return order.school.paper_name
    return order.centre.founder or order.centre.full_name or order.centre.name


def _cases(order: StaffOrder) -> tuple[dict[str, Any], bool]:
    """Names, positions and the status's word by case, and whether all of them are sure."""
    name = name_of(order.person)
    wanted = (Case.GENITIVE, Case.DATIVE, Case.ACCUSATIVE)
    named = {f"name_{case}": decline(name, case) for case in wanted}
    placed = {f"position_{case}": decline_title(order.position, case) for case in wanted if order.position}
    status = _status_name(order)
    called = {f"status_{case}": decline_title(status, case) for case in (Case.GENITIVE, Case.INSTRUMENTAL)}
    declined = {**named, **placed, **called}
    said = {
        "name": order.person.full_name,
        "name_short": order.person.short_name,
        "position": order.position,
        **{f"position_{case}": "" for case in wanted},
        "status_name": status,
        **{key: one.text for key, one in declined.items()},
    }
    return said, all(one.certain for one in declined.values())


def _status_name(order: StaffOrder) -> str:
    """«тьютор», as the regulation calls it."""
    begun = order.application or order.status
    name = rules_of(begun.regulation).status.name if begun else ""
    return name[:1].lower() + name[1:]


def kept(facts: OrderFacts) -> dict[str, Any]:
    """Facts as JSON keeps them; ``kept_facts`` reads them back."""
    values = asdict(facts)
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in values.items()}


def kept_facts(printed: dict[str, Any]) -> OrderFacts:
    """The facts of a signed order. Raises ``Conflict`` where they can't be read: an order is whole or not shown."""
    facts = readable("order", lambda: _kept_facts(printed), None)
    if facts is None:
        raise Conflict(sentence(), code="unreadable")
    return facts


def _kept_facts(printed: dict[str, Any]) -> OrderFacts:
    values = {key: value for key, value in printed.items() if key in {field.name for field in fields(OrderFacts)}}
    values.update({key: date.fromisoformat(values[key]) for key in DAYS if values.get(key)})
    values.update({key: tuple(values[key]) for key in LINES})
    return OrderFacts(**values)

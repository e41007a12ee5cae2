"""Cards as their readers see them: which there are, one of them with what is new in it, one beside an audit."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from traektoria.core.labels import text_of
from traektoria.core.paging import Page
from traektoria.core.prepared_statements import Given, Numbers, prepared
from traektoria.core.shared_forms import stamp
from traektoria.organisations.models import TutorCentre
from traektoria.organisations.regulations.schema import AuditRule
from traektoria.people.actor import Actor
from traektoria.people.enums import HEADS, Role
from traektoria.planning.audits.content import Criterion, criteria_of, sections_of
from traektoria.planning.audits.enums import AuditState, Verdict
from traektoria.planning.audits.models import Audit, AuditAnswer, AuditAuditor
from traektoria.planning.audits.permissions import AUDITORS
from traektoria.planning.audits.queries.schools import Turn
from traektoria.planning.selfcards.enums import CardState
from traektoria.planning.selfcards.models import CardRemark, SelfCard


def find_card(actor: Actor, pk: int) -> SelfCard | None:
    """All of the own school for its heads; what is shared for the coordinator, and for whoever audits the school by the
    same checklist. Nobody else sees a draft. One query."""
    heads = [one for one in actor.grants if one.role in HEADS and one.school_id]
    places: dict[str, Any] = {f"centre{at}": one.centre_id for at, one in enumerate(heads)}
    places |= {f"school{at}": one.school_id for at, one in enumerate(heads)}
    kept, audits = actor.centres(Role.COORDINATOR), actor.centres(*AUDITORS)
    given = {"pk": pk, "person": actor.person_id or 0, "kept": kept, "audits": audits, **places}
    card: SelfCard | None = _found(len(heads)).first(**given)
    return card


@prepared
def _found(heads: int) -> QuerySet[SelfCard]:
    own = Q(pk__in=[])
    for at in range(heads):
        own |= Q(centre=Given(f"centre{at}"), school=Given(f"school{at}"))
    mine = AuditAuditor.objects.filter(
        person=Given("person"), audit__centre=OuterRef("centre"), audit__school=OuterRef("school"),
        audit__kind=OuterRef("kind"),
    ).exclude(audit__state=AuditState.CANCELLED)  # fmt: skip
    shared = Q(centre__in=Numbers("kept")) | Q(Exists(mine), centre__in=Numbers("audits"))
    rows = SelfCard.objects.filter(own | (Q(state=CardState.SHARED) & shared), pk=Given("pk")).order_by("pk")
    return rows.select_related("school", "centre__municipality", "version", "by", "read_by")


class CardMark(NamedTuple):
    """What a list says of a card."""

    school: int
    kind: str
    pk: int
    number: int
    state: str
    shared_at: datetime | None
    read_at: datetime | None


@dataclass(frozen=True)
class SchoolCards:
    """What one school has of one kind: the draft (for the school alone) and the newest shared version."""

    kind: AuditRule
    draft: CardMark | None
    shared: CardMark | None


@dataclass(frozen=True)
class SchoolRow:
    school: str
    places: tuple[SchoolCards, ...]


def of_centre(centre: TutorCentre, asked: object) -> Page[tuple[int, str]]:
    """Schools of the centre by the alphabet: keys and names. One query."""
    return Turn(centre).page(asked)


def school_rows(
    centre_id: int, schools: Iterable[tuple[int, str]], kinds: list[AuditRule], *, owns: bool = False
) -> list[SchoolRow]:
    """What schools have shared, with their drafts for whoever ``owns`` them. One query."""
    named = list(schools)
    found: dict[tuple[int, str], list[CardMark]] = {}
    for columns in _marks(owns).all(centre=centre_id, schools=[pk for pk, _name in named]):
        card = CardMark(*columns)
        found.setdefault((card.school, card.kind), []).append(card)
    return [
        SchoolRow(name, tuple(_place(kind, found.get((pk, kind.slug), [])) for kind in kinds)) for pk, name in named
    ]


@prepared
def _marks(owns: bool) -> QuerySet[SelfCard, Any]:
    rows = SelfCard.objects.filter(centre=Given("centre"), school__in=Numbers("schools"))
    rows = rows if owns else rows.filter(state=CardState.SHARED)
    return rows.order_by("-number").values_list("school_id", "kind", "pk", "number", "state", "shared_at", "read_at")


def _place(kind: AuditRule, cards: list[CardMark]) -> SchoolCards:
    draft = next((one for one in cards if one.state == CardState.DRAFT), None)
    return SchoolCards(kind, draft, next((one for one in cards if one.state == CardState.SHARED), None))


@dataclass(frozen=True)
class OwnAnswer:
    """What the school said by one criterion."""

    verdict: str
    note: str = ""

    @property
    def words(self) -> str:
        return text_of(Verdict, self.verdict) if self.verdict else ""


@dataclass
class CardLine:
    """One criterion: what the school says, what it said the last time, what the centre remarks."""

    place: int
    criterion: Criterion
    answer: OwnAnswer | None
    before: OwnAnswer | None
    remarks: list[CardRemark] = field(default_factory=list)
    is_new: bool = False
    """The criterion was not in the last version."""

    @property
    def changed(self) -> bool:
        return self.before is not None and self.answer is not None and self.before != self.answer


@dataclass(frozen=True)
class CardSheet:
    card: SelfCard
    sections: tuple[tuple[str, tuple[CardLine, ...]], ...]
    last: SelfCard | None
    remarks: list[CardRemark]
    """To the card as a whole."""

    @property
    def lines(self) -> list[CardLine]:
        return [line for _title, lines in self.sections for line in lines]

    @property
    def asked(self) -> int:
        return len(self.lines)

    @property
    def said(self) -> int:
        return sum(bool(line.answer and line.answer.verdict) for line in self.lines)

    @property
    def news(self) -> list[CardLine]:
        """What is new since the last version."""
        return [line for line in self.lines if line.changed or line.is_new] if self.last else []

    @property
    def seen(self) -> str:
        return stamp(self.card.answers)


def sheet_of(card: SelfCard) -> CardSheet:
    """With the shared version before it. Two queries."""
    last = _before().first(centre=card.centre_id, school=card.school_id, kind=card.kind, number=card.number)
    earlier = set(criteria_of(sections_of(last.version.sections))) if last else set()
    remarks: dict[int | None, list[CardRemark]] = {}
    for one in _remarks().all(card=card.pk):
        remarks.setdefault(one.criterion, []).append(one)
    sections = sections_of(card.version.sections)
    places = {number: place for place, number in enumerate(criteria_of(sections), 1)}

    def line(criterion: Criterion) -> CardLine:
        number = criterion.number
        return CardLine(
            places[number], criterion, answer_of(card, number), answer_of(last, number) if last else None,
            remarks.get(number, []), bool(last) and number not in earlier,
        )  # fmt: skip

    lines = tuple((one.title, tuple(map(line, one.criteria))) for one in sections)
    return CardSheet(card, lines, last, remarks.get(None, []))


@prepared
def _before() -> QuerySet[SelfCard]:
    rows = _versions_of().filter(number__lt=Given("number"), state=CardState.SHARED)
    return rows.select_related("version").order_by("-number")


def _versions_of() -> QuerySet[SelfCard]:
    return SelfCard.objects.filter(centre=Given("centre"), school=Given("school"), kind=Given("kind"))


@prepared
def _remarks() -> QuerySet[CardRemark]:
    return CardRemark.objects.filter(card=Given("card")).select_related("by").order_by("pk")


def answer_of(card: SelfCard, number: int) -> OwnAnswer | None:
    said: dict[str, Any] = card.answers.get(str(number)) or {}
    verdict = said.get("verdict", "")
    known = verdict if verdict in Verdict.values else ""
    return OwnAnswer(known, str(said.get("note", ""))) if known or said.get("note") else None


def versions_of(card: SelfCard, *, owns: bool) -> list[SelfCard]:
    """Of the same school and kind, the newest first; for whoever reads ``card`` and is not of the school those that are
    shared. One query."""
    return _versions(owns).all(centre=card.centre_id, school=card.school_id, kind=card.kind)


@prepared
def _versions(owns: bool) -> QuerySet[SelfCard]:
    rows = _versions_of() if owns else _versions_of().filter(state=CardState.SHARED)
    return rows.select_related("by").order_by("-number")


@dataclass(frozen=True)
class Compared:
    """One criterion of an audit: the school's answer beside the auditor's."""

    place: int
    criterion: Criterion
    own: OwnAnswer | None
    seen: AuditAnswer | None

    @property
    def both(self) -> bool:
        return bool(self.own and self.own.verdict and self.seen and self.seen.verdict != Verdict.UNSEEN)

    @property
    def differs(self) -> bool:
        return bool(self.both and self.own and self.seen and self.own.verdict != self.seen.verdict)


@dataclass(frozen=True)
class Comparison:
    card: SelfCard | None
    sections: tuple[tuple[str, tuple[Compared, ...]], ...]

    @property
    def lines(self) -> list[Compared]:
        return [line for _title, lines in self.sections for line in lines]

    @property
    def differing(self) -> int:
        return sum(line.differs for line in self.lines)

    @property
    def both(self) -> int:
        return sum(line.both for line in self.lines)


@prepared
def _shared(by_then: bool) -> QuerySet[SelfCard]:
    rows = _versions_of().filter(state=CardState.SHARED)
    return (rows.filter(shared_at__lte=Given("until")) if by_then else rows).order_by("-number")


def beside(audit: Audit) -> Comparison:
    """The card that the school had shared when the act was signed, the newest one before that. Two queries."""
    of = {"centre": audit.centre_id, "school": audit.school_id, "kind": audit.kind}
    card = _shared(audit.signed_at is not None).first(**of, until=audit.signed_at)
    seen = {one.criterion: one for one in audit.answers.all()}
    sections = sections_of(audit.version.sections)
    places = {number: place for place, number in enumerate(criteria_of(sections), 1)}

    def line(criterion: Criterion) -> Compared:
        number = criterion.number
        return Compared(places[number], criterion, answer_of(card, number) if card else None, seen.get(number))

    return Comparison(card, tuple((one.title, tuple(map(line, one.criteria))) for one in sections))

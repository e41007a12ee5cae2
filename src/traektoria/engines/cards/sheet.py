"""From facts to printed strings. DOCX and PDF draw the same ``Sheet``, therefore they can't tell different things."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date

from traektoria.engines.papers.budget import check_budget
from traektoria.engines.papers.labels import DASH, DRAFT
from traektoria.engines.papers.typography import cleaned, long_date, or_dash, printed, safe_name, years

from . import labels
from .model import CardItem, CardSignature, CardTeacher, RouteCard, RouteKind, SigningParty, Standing

#: A row with a longer cell may be torn between pages, otherwise it could be higher than a page.
_LONG_CELL = 350


@dataclass(frozen=True)
class Row:
    """Cells of a line of a table; ``whole`` keeps it on one page."""

    cells: tuple[str, ...]
    whole: bool


@dataclass(frozen=True)
class Table:
    """A table with a repeated heading. ``widths`` are shares of the width of the page, one for each column."""

    head: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Section:
    """A heading with what stands under it: paragraphs (numbered or not), then a table."""

    title: str
    paragraphs: tuple[str, ...] = ()
    numbered: bool = False
    table: Table | None = None


@dataclass(frozen=True)
class Signing:
    """A line of signature."""

    party: str
    position: str
    name: str
    agreed: str


@dataclass(frozen=True)
class Sheet:
    """The printed card, top to bottom."""

    document_title: str
    draft: str
    issuer: tuple[str, ...]
    stamps: tuple[Signing, ...]
    stamp_title: str
    title: tuple[str, ...]
    version: str
    passport: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    signatures_title: str
    signatures: tuple[Signing, ...]
    signature_line: str
    signature_hint: str
    verification: str
    page: str
    of: str


def sheet_of(card: RouteCard) -> Sheet:
    """Put the card into printed strings. Raises ``ValueError`` when a card has no teacher, ``PaperTooLong``."""
    check_budget(asdict(card))
    if not card.teachers:
        raise ValueError("a route card needs a teacher")
    title = _title(card)
    return Sheet(
        document_title=" ".join(title),
        draft=DRAFT if card.is_draft else "",
        issuer=tuple(filter(None, (printed(card.centre), printed(card.municipality)))),
        stamps=tuple(_signing(s) for s in card.signatures if s.party is SigningParty.HEAD),
        stamp_title=labels.AGREED_STAMP,
        title=title,
        version=_version(card),
        passport=_passport(card),
        sections=_sections(card),
        signatures_title=labels.SIGNATURES,
        signatures=tuple(_signing(s) for s in card.signatures if s.party is not SigningParty.HEAD),
        signature_line=labels.SIGNATURE_LINE,
        signature_hint=labels.SIGNATURE_HINT,
        verification="" if card.is_draft else _verification(card),
        page=labels.PAGE,
        of=labels.OF,
    )


def _verification(card: RouteCard) -> str:
    return labels.VERIFY.format(code=cleaned(card.verification_code), url=cleaned(card.verify_url))


def _version(card: RouteCard) -> str:
    """Which version the card is of, whether it is agreed, and what became of the route."""
    day = long_date(card.version_date)
    if card.standing is Standing.DRAFT or (card.is_draft and card.standing is Standing.STOPPED):
        said = labels.UNSENT.format(date=day)
    else:
        said = labels.VERSION.format(number=card.version, date=day)
    if card.standing is Standing.WAITING:
        said += labels.WAITING
    if card.agreed_on:
        said += labels.AGREED.format(date=long_date(card.agreed_on))
    lines = [said]
    if card.proposed:
        number, proposed = card.proposed
        lines.append(labels.PROPOSED.format(number=number, date=long_date(proposed)))
    if card.ended_on and card.standing in labels.ENDED:
        lines.append(labels.ENDED[card.standing].format(date=long_date(card.ended_on)))
    return "\n".join(lines)


def content_digest(card: RouteCard) -> str:
    """SHA-256 (hex) of what the card says, without the code by which it is verified."""
    sheet = asdict(sheet_of(replace(card, verification_code="", verify_url="")))
    return hashlib.sha256(json.dumps(sheet, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def file_stem(card: RouteCard) -> str:
    """A file name without extension, safe on every system: «Карта ИОМ Иванова Мария Петровна, редакция 2»."""
    whose = card.group_name if card.kind is RouteKind.GROUP else card.teachers[0].name
    which = "проект" if card.standing is Standing.DRAFT else f"редакция {card.version}"
    return f"Карта маршрута {safe_name(whose, 80)}, {which}"


def _title(card: RouteCard) -> tuple[str, ...]:
    if card.kind is RouteKind.GROUP:
        whose = labels.GROUP_OF.format(name=cleaned(card.group_name).strip('«»"')) if card.group_name else ""
    else:
        teacher = card.teachers[0]
        whose = " ".join(filter(None, (printed(teacher.position_genitive), printed(teacher.name_genitive))))
    return tuple(filter(None, (labels.CARD, labels.TITLES[card.kind], whose)))


def _passport(card: RouteCard) -> tuple[tuple[str, str], ...]:
    own = _teacher_fields(card.teachers[0]) if card.kind is RouteKind.INDIVIDUAL else ()
    tutor = ", ".join(filter(None, (printed(card.tutor.name), printed(card.tutor.position))))
    period = labels.PERIOD_VALUE.format(start=long_date(card.start), end=long_date(card.end))
    request = labels.REQUEST if card.kind is RouteKind.INDIVIDUAL else labels.GROUP_REQUEST
    return (
        *own,
        (labels.TUTOR, tutor or DASH),
        (labels.PERIOD, period),
        (labels.BASIS, _lines(card.basis)),
        (request, _lines(tuple(_said(r.who, _in_quotes(r.text)) for r in card.requests))),
    )


def _teacher_fields(teacher: CardTeacher) -> tuple[tuple[str, str], ...]:
    return (
        (labels.TEACHER, or_dash(teacher.name)),
        (labels.SCHOOL, or_dash(teacher.school)),
        (labels.POSITION, or_dash(teacher.position)),
        (labels.CATEGORY, or_dash(teacher.category)),
        (labels.SERVICE, _service(teacher)),
        (labels.SUBJECT_AND_CLASSES, _subject(teacher)),
        (labels.COURSES, _lines(teacher.courses)),
    )


def _sections(card: RouteCard) -> tuple[Section, ...]:
    sections = (
        Section(labels.MEMBERS, table=_members(card)) if card.kind is RouteKind.GROUP else None,
        Section(labels.GOALS, _paragraphs(card.goals) or (DASH,), numbered=len(card.goals) > 1),
        Section(labels.PLAN, table=_plan(card.items)),
        _progress(card),
        _outcomes(card),
        _reflection(card),
    )
    return tuple(section for section in sections if section)


def _members(card: RouteCard) -> Table:
    widths = (0.03, 0.17, 0.17, 0.13, 0.1, 0.07, 0.13, 0.2)
    rows = (
        (t.name, t.school, t.position, t.category, _service(t), _subject(t), _lines(t.courses)) for t in card.teachers
    )
    return _table(labels.MEMBERS_HEAD, widths, [tuple(or_dash(cell) for cell in row) for row in rows])


def _plan(items: tuple[CardItem, ...]) -> Table:
    widths = (0.03, 0.14, 0.135, 0.125, 0.125, 0.08, 0.13, 0.115, 0.12)
    return _table(labels.PLAN_HEAD, widths, [_item(item) for item in items])


def _item(item: CardItem) -> tuple[str, ...]:
    deadline = long_date(item.deadline) if isinstance(item.deadline, date) else item.deadline
    texts = (item.deficit, item.task, item.activity, item.resource)
    rest = (deadline, item.expected_result, item.showing_form, _completion(item))
    return tuple(or_dash(text) for text in (*texts, *rest))


def _completion(item: CardItem) -> str:
    done = labels.DONE.format(date=long_date(item.done_on)) if item.done_on else ""
    return "\n".join(filter(None, (done, *item.evidence, item.note)))


def _progress(card: RouteCard) -> Section | None:
    if card.progress is None:
        return None
    p = card.progress
    return Section(labels.PROGRESS, (labels.PROGRESS_VALUE.format(date=long_date(p.on), done=p.done, total=p.total),))


def _outcomes(card: RouteCard) -> Section | None:
    if not card.outcomes and not card.conclusion:
        return None
    rows = [(or_dash(o.deficit), or_dash(o.outcome), or_dash(o.note)) for o in card.outcomes]
    conclusion = (f"{labels.CONCLUSION}: {printed(card.conclusion)}",) if cleaned(card.conclusion) else ()
    table = _table(labels.OUTCOMES_HEAD, (0.03, 0.37, 0.2, 0.4), rows) if rows else None
    return Section(labels.OUTCOMES, conclusion, table=table)


def _reflection(card: RouteCard) -> Section | None:
    if not card.reflections:
        return None
    entries = (_said(f"{long_date(r.on)} {r.who}", r.text) for r in card.reflections)
    return Section(labels.REFLECTION, (labels.REFLECTION_NOTE, *_paragraphs(tuple(entries))))


def _signing(signature: CardSignature) -> Signing:
    day = signature.agreed_on
    return Signing(
        party=labels.PARTIES[signature.party],
        position=printed(signature.position),
        name=printed(signature.short_name),
        agreed=labels.AGREED_ON.format(date=long_date(day)) if day else labels.BLANK_DATE,
    )


def _table(head: tuple[str, ...], widths: tuple[float, ...], rows: Iterable[tuple[str, ...]]) -> Table:
    """A table whose first column numbers the rows."""
    numbered = [(str(number), *row) for number, row in enumerate(rows, start=1)]
    return Table(head, widths, tuple(Row(row, max(map(len, row)) <= _LONG_CELL) for row in numbered))


def _service(teacher: CardTeacher) -> str:
    return DASH if teacher.service_years is None else years(teacher.service_years)


def _subject(teacher: CardTeacher) -> str:
    return ", ".join(filter(None, (printed(teacher.subject), printed(teacher.classes)))) or DASH


def _said(who: str, what: str) -> str:
    return f"{who.strip()}: {what}" if who.strip() else what


def _in_quotes(text: str) -> str:
    """The teacher's words in quotes; words that bring their own stay as they are."""
    words = printed(text)
    return words if not words or words.startswith("«") else f"«{words}»"


def _lines(texts: tuple[str, ...]) -> str:
    return "\n".join(_paragraphs(texts)) or DASH


def _paragraphs(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(filter(None, map(printed, texts)))

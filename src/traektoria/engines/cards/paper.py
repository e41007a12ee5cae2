"""The route card as an official paper: facts become its blocks, in the words of the form."""

from collections.abc import Iterable
from datetime import date

from traektoria.engines.papers.labels import BLANK_DATE, DASH
from traektoria.engines.papers.model import Block, Facts, Heading, Paper, Paragraph, Signature, Stamp, Table
from traektoria.engines.papers.typography import cleaned, long_date, or_dash, printed, safe_name, years

from . import labels
from .model import CardItem, CardSignature, CardTeacher, RouteCard, RouteKind, SigningParty, Standing


def paper_of(card: RouteCard) -> Paper:
    """The card on landscape pages. Raises ``ValueError`` when a card has no teacher."""
    if not card.teachers:
        raise ValueError("a route card needs a teacher")
    return Paper(
        kind="route_card",
        file_name=_file_name(card),
        issuer=tuple(filter(None, (card.centre, card.municipality))),
        title=_title(card),
        day=card.version_date,
        edition=_edition(card),
        blocks=(Facts(_passport(card), ruled=True), *_blocks(card)),
        signatures=tuple(_signature(s) for s in card.signatures if s.party is not SigningParty.HEAD),
        stamps=tuple(_stamp(s) for s in card.signatures if s.party is SigningParty.HEAD),
        draft=card.is_draft,
        landscape=True,
    )


def _edition(card: RouteCard) -> str:
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


def _file_name(card: RouteCard) -> str:
    """«Карта маршрута Иванова Мария Петровна, редакция 2»."""
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


def _blocks(card: RouteCard) -> list[Block]:
    return [
        *(_members(card) if card.kind is RouteKind.GROUP else ()),
        Heading(labels.GOALS, 2),
        *_goals(card.goals),
        Heading(labels.PLAN, 2),
        _table(labels.PLAN_HEAD, (0.03, 0.14, 0.135, 0.125, 0.125, 0.08, 0.13, 0.115, 0.12), map(_item, card.items)),
        *_progress(card),
        *_outcomes(card),
        *_reflection(card),
    ]


def _members(card: RouteCard) -> list[Block]:
    widths = (0.03, 0.17, 0.17, 0.13, 0.1, 0.07, 0.13, 0.2)
    rows = (
        (t.name, t.school, t.position, t.category, _service(t), _subject(t), _lines(t.courses)) for t in card.teachers
    )
    return [Heading(labels.MEMBERS, 2), _table(labels.MEMBERS_HEAD, widths, rows)]


def _goals(goals: tuple[str, ...]) -> list[Block]:
    said = _paragraphs(goals) or (DASH,)
    return [Paragraph(text, f"{place}." if len(said) > 1 else "") for place, text in enumerate(said, start=1)]


def _item(item: CardItem) -> tuple[str, ...]:
    deadline = long_date(item.deadline) if isinstance(item.deadline, date) else item.deadline
    texts = (item.deficit, item.task, item.activity, item.resource)
    rest = (deadline, item.expected_result, item.showing_form, _completion(item))
    return (*texts, *rest)


def _completion(item: CardItem) -> str:
    done = labels.DONE.format(date=long_date(item.done_on)) if item.done_on else ""
    return "\n".join(filter(None, (done, *item.evidence, item.note)))


def _progress(card: RouteCard) -> list[Block]:
    if card.progress is None:
        return []
    p = card.progress
    said = labels.PROGRESS_VALUE.format(date=long_date(p.on), done=p.done, total=p.total)
    return [Heading(labels.PROGRESS, 2), Paragraph(said)]


def _outcomes(card: RouteCard) -> list[Block]:
    concluded = [Paragraph(f"{labels.CONCLUSION}: {card.conclusion}")] if cleaned(card.conclusion) else []
    rows = [(o.deficit, o.outcome, o.note) for o in card.outcomes]
    table = [_table(labels.OUTCOMES_HEAD, (0.03, 0.37, 0.2, 0.4), rows)] if rows else []
    return [Heading(labels.OUTCOMES, 2), *concluded, *table] if concluded or table else []


def _reflection(card: RouteCard) -> list[Block]:
    said = _paragraphs(tuple(_said(f"{long_date(r.on)} {r.who}", r.text) for r in card.reflections))
    return [Heading(labels.REFLECTION, 2), *map(Paragraph, (labels.REFLECTION_NOTE, *said))] if said else []


def _stamp(signature: CardSignature) -> Stamp:
    who = signature.position or labels.PARTIES[signature.party]
    return Stamp(labels.AGREED_STAMP, (who, f"{labels.SIGNATURE_LINE} {signature.short_name}", _agreed(signature)))


def _signature(signature: CardSignature) -> Signature:
    who = ", ".join(filter(None, (labels.PARTIES[signature.party], printed(signature.position))))
    return Signature(who, signature.short_name, _agreed(signature))


def _agreed(signature: CardSignature) -> str:
    day = signature.agreed_on
    return labels.AGREED_ON.format(date=long_date(day)) if day else BLANK_DATE


def _table(head: tuple[str, ...], widths: tuple[float, ...], rows: Iterable[tuple[str, ...]]) -> Table:
    """A table whose first column numbers the rows."""
    return Table(head, widths, tuple((str(n), *map(or_dash, row)) for n, row in enumerate(rows, start=1)))


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

"""«Положение»: a version of the regulation as an official paper."""

import re

from django.db.models import QuerySet
from django.utils import timezone

from traektoria.documents.papers.shared import day_in_words, in_russian
from traektoria.engines.papers import Block, Bullets, Heading, Paper, Paragraph, Stamp, Table
from traektoria.organisations.enums import RegulationState
from traektoria.organisations.models import Regulation
from traektoria.organisations.regulations.contents import printed_names, rules_of
from traektoria.organisations.regulations.outline import Clause, WrittenSection, outline
from traektoria.organisations.regulations.queries import regulations_visible_to
from traektoria.people.actor import Actor

#: «УТВЕРЖДЕНО приказом …»: the basis is written in the nominative.
_BY_WHAT = {
    "приказ": "приказом",
    "распоряжение": "распоряжением",
    "постановление": "постановлением",
    "решение": "решением",
    "протокол": "протоколом",
}


def readable_regulations(actor: Actor) -> QuerySet[Regulation]:
    """Versions that the person may read, with what their paper prints."""
    return regulations_visible_to(actor).select_related("centre__municipality", "centre__school")


@in_russian
def regulation_paper(regulation: Regulation) -> Paper:
    """The version as a «Положение»; a version that is not approved yet is printed as a draft."""
    rules, names = rules_of(regulation), printed_names(regulation.centre, regulation.printed)
    draft = regulation.state == RegulationState.DRAFT
    day = regulation.start or timezone.localdate()
    force = (
        f"Проект на {day_in_words(day)}" if draft else f"Редакция {regulation.number}, действует с {day_in_words(day)}"
    )
    return Paper(
        kind="regulation",
        file_name=f"{rules.about.title}, редакция {regulation.number}",
        issuer=tuple(filter(None, (names["founder"], names["name"]))),
        title=("ПОЛОЖЕНИЕ", _rest(rules.about.title)),
        day=day,
        subject=force,
        stamps=(Stamp("УТВЕРЖДЕНО", (approved_by(regulation.basis),)),) if regulation.basis else (),
        blocks=tuple(block for section in outline(rules, names["name"]) for block in _section(section)),
        draft=draft,
    )


def approved_by(basis: str) -> str:
    """«приказ управления …» in the instrumental, for «УТВЕРЖДЕНО приказом управления …»; other words as they are."""
    first, _space, rest = basis.partition(" ")
    word = _BY_WHAT.get(first.lower())
    return f"{word} {rest}" if word else basis


def _rest(title: str) -> str:
    """«о муниципальном тьюторском центре» of «Положение о муниципальном тьюторском центре»."""
    return re.sub(r"^положение\s+", "", title, flags=re.IGNORECASE)


def _section(section: WrittenSection) -> list[Block]:
    blocks: list[Block] = [Heading(f"{section.number} {section.title}")]
    for clause in section.clauses:
        blocks += _clause(clause)
    return blocks


def _clause(clause: Clause) -> list[Block]:
    blocks: list[Block] = [Paragraph(clause.text, number=clause.number)]
    if clause.items:
        blocks.append(Bullets(clause.items))
    if clause.table:
        blocks.append(Table(clause.table.head, _widths(clause.table.head, clause.table.rows), clause.table.rows))
    return blocks


def _widths(head: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> tuple[float, ...]:
    """Shares of the width by how much the cells of a column hold; no column is too narrow for its head."""
    columns = zip(head, *rows, strict=True)
    weights = [max(10, min(60, max(map(len, column)))) for column in columns]
    return tuple(weight / sum(weights) for weight in weights)

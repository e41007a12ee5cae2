"""What a clause of a regulation is made of before it has a number, and how rows become its lines."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from traektoria.organisations.regulations.schema import Described


@dataclass(frozen=True)
class ClauseTable:
    """A head and rows of as many cells; an empty cell says nothing."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class ClauseText:
    """A clause: its text, bullets, a table and the clauses below it."""

    slug: str
    text: str
    items: tuple[str, ...] = ()
    table: ClauseTable | None = None
    under: tuple["ClauseText", ...] = ()


def listed(slug: str, text: str, items: Iterable[str]) -> list[ClauseText]:
    """One clause with bullets, or none where there are none."""
    items = tuple(items)
    return [ClauseText(slug, text, items)] if items else []


def titled(row: Described) -> str:
    """«Мастер-класс. Показывает приём на уроке.»"""
    return _("%(title)s. %(text)s") % {"title": row.title, "text": row.text} if row.text else row.title


def defined(row: Described) -> str:
    """«Тьютор — наставник, который …»: a term and what it means."""
    text = lower_first(row.text)
    return _("%(title)s — %(text)s") % {"title": row.title, "text": text} if text else row.title


def lower_first(text: str) -> str:
    """With a small first letter, for the middle of a sentence; «ОГЭ» stays as it is."""
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text


def in_a_row(lines: Iterable[str]) -> list[str]:
    """Lines that go on a sentence: small first letters, semicolons between them, a full stop at the end."""
    bare = [lower_first(line).rstrip(".;") for line in lines]
    return [f"{line}{'.' if place == len(bare) else ';'}" for place, line in enumerate(bare, 1)]

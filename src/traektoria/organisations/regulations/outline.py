"""A regulation in words, numbered as such papers are: one source for its page and for the paper «Положение».

    for section in outline(rules_of(regulation), centre.name): …

What is empty is left out and the numbers close up; what is in the archive is left out too. The language is the
current one: callers that print papers choose it by ``translation.override``.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from traektoria.organisations.regulations.chapters import CHAPTERS, ClauseTable, ClauseText
from traektoria.organisations.regulations.schema import Rules

__all__ = ["Clause", "ClauseTable", "WrittenSection", "anchor_of", "outline"]


@dataclass(frozen=True)
class Clause:
    """«3.2.» or, below it, «3.2.1.»; ``items`` are bullets under the text. ``key`` names the clause whatever its
    number: its section, the clauses above it and itself («status.criteria.service»)."""

    number: str
    text: str
    key: str
    items: tuple[str, ...] = ()
    table: ClauseTable | None = None

    @property
    def depth(self) -> int:
        """0 for «3.2.», 1 for «3.2.1.»."""
        return self.number.count(".") - 2

    @property
    def anchor(self) -> str:
        """For links to the clause, which outlive a change of numbers."""
        return anchor_of(self.key)


@dataclass(frozen=True)
class WrittenSection:
    """A section with its number «3.» and its clauses in order; a clause with clauses below it stands before them."""

    slug: str
    title: str
    number: str
    clauses: tuple[Clause, ...]


def outline(rules: Rules, centre_name: str) -> tuple[WrittenSection, ...]:
    """The whole regulation of the centre, section by section."""
    filled = [
        (chapter.slug, str(chapter.title), said) for chapter in CHAPTERS if (said := chapter.write(rules, centre_name))
    ]
    return tuple(
        WrittenSection(slug, title, f"{number}.", tuple(_numbered(said, f"{number}.", slug)))
        for number, (slug, title, said) in enumerate(filled, 1)
    )


def anchor_of(key: str) -> str:
    """«clause-status-criteria»."""
    return "clause-" + key.replace(".", "-")


def _numbered(rows: Iterable[ClauseText], prefix: str, above: str) -> Iterator[Clause]:
    for place, row in enumerate(rows, 1):
        number, key = f"{prefix}{place}.", f"{above}.{row.slug}"
        yield Clause(number, row.text, key, row.items, row.table)
        yield from _numbered(row.under, number, key)

"""Items of the bank as a file: GIFT with pictures, XLSX without. What is neither right nor wrong has no place there."""

import html
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from django.utils.translation import gettext as _

from traektoria.core.errors import Invalid
from traektoria.diagnostics.bank.file_tags import tags_of
from traektoria.diagnostics.bank.models import BankItem, ItemPicture
from traektoria.diagnostics.items.content import content_of
from traektoria.diagnostics.items.markup import bare_references
from traektoria.engines import questionbanks as q
from traektoria.engines.questionbanks.pictures import REFERENCE, with_texts

MOST: Final = 5_000


@dataclass(frozen=True)
class Export:
    """Questions to write; ``left_out`` are names of items whose kind no such file has, ``pictures`` a number.
    ``items``: numbers of those that are written."""

    questions: tuple[q.Question, ...]
    left_out: tuple[str, ...]
    pictures: int
    items: tuple[int, ...] = ()


def export_of(items: Iterable[BankItem], *, with_pictures: bool = True) -> Export:
    """The items as questions, in their order. ``items`` come with ``current`` and their pictures."""
    questions, left_out, pictures, written = [], [], 0, []
    for item in items:
        content = content_of(item.current.content) if item.current else None
        if item.current is None or content is None or content.file_kind is None:
            left_out.append(item.name)
            continue
        rows = list(item.pictures.all())
        pictures += len(rows)
        question = content.for_file(item.current.max_score)
        question = replace(question, name=item.name, tags=tags_of(item), external_id=item.external_id)
        questions.append(_pictured(question, rows, with_pictures))
        written.append(item.pk)
    return Export(tuple(questions), tuple(left_out), pictures, tuple(written))


def write_file(kind: str, questions: tuple[q.Question, ...]) -> bytes:
    """The bytes of a «gift» or «xlsx» file. Raises ``Invalid`` for a text that no cell can hold."""
    if kind == "gift":
        return q.write_gift(questions).encode()
    try:
        return q.write_xlsx(questions)
    except ValueError as error:
        words = _("A text is longer than a cell of a table can hold (32 767 characters). Save it as GIFT.")
        raise Invalid(words, code="too_long_for_cell") from error


def _pictured(question: q.Question, rows: list[ItemPicture], with_pictures: bool) -> q.Question:
    """Bare names of pictures become tags, as other programs know them; plain text becomes text with simple tags."""
    if not rows or not with_pictures:
        return question
    alts = {row.name: row.alt for row in rows}
    markdown = question.text_format is q.TextFormat.MARKDOWN
    plain = question.text_format is q.TextFormat.PLAIN

    def tag(name: str) -> str:
        if markdown:
            return f"![{alts[name]}]({REFERENCE}{name})"
        return f'<img src="{REFERENCE}{html.escape(name)}" alt="{html.escape(alts[name])}">'

    def change(text: str) -> str:
        return bare_references(html.escape(text, quote=False) if plain else text, alts, tag)

    question = with_texts(question, change)
    text_format = q.TextFormat.MOODLE if plain else question.text_format
    return replace(question, text_format=text_format, pictures=tuple(filter(None, map(_picture, rows))))


def _picture(row: ItemPicture) -> q.QuestionPicture | None:
    """None for a file that is not on the disk any more."""
    try:
        with row.file.open("rb") as file:
            return q.QuestionPicture(row.name, row.media_type, file.read())
    except OSError:
        return None

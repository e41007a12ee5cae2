"""Questions of a file into the bank: all that is taken, in one transaction, or nothing."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from html import unescape
from typing import Final, Literal
from urllib.parse import quote, unquote

from django.db import transaction
from django.utils.translation import gettext as _

from traektoria.core import audit
from traektoria.core.errors import Invalid
from traektoria.core.text import squash
from traektoria.diagnostics.bank.actions.items import NewPicture, keep_pictures
from traektoria.diagnostics.bank.file_preview import BANK, Fate, FileLine, Reading, compared, parse_file
from traektoria.diagnostics.bank.models import BankItem, ItemVersion
from traektoria.diagnostics.bank.permissions import check_keeps_bank
from traektoria.diagnostics.items.questions import from_question
from traektoria.engines import questionbanks as q
from traektoria.engines.questionbanks import Question, QuestionPicture
from traektoria.engines.questionbanks.pictures import REFERENCE, with_texts
from traektoria.organisations.imports import meanings_of, remember_meanings
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import Actor

Changed = Literal["skip", "renew", "add"]
BATCH: Final = 500
_IMAGE = re.compile(r"<img\b[^>]{0,2000}>", re.IGNORECASE)
_SOURCE = re.compile(r"""\bsrc\s*=\s*["']?@@PLUGINFILE@@/([^"'>\s]+)""", re.IGNORECASE)
_ALT = re.compile(r"""\balt\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)


@dataclass(frozen=True)
class Loaded:
    """How many items were added, got a new version, were there already; how many questions stood in the file twice,
    how many were left out; the ids of those that were added."""

    added: int
    renewed: int
    known: int
    twice: int
    left_out: int
    ids: tuple[int, ...] = ()


def import_questions(
    *,
    centre: TutorCentre,
    content: bytes,
    name: str,
    by: Actor,
    skipped: Collection[int] = (),
    defaults: Mapping[str, str] | None = None,
    changed: Changed = "skip",
) -> Loaded:
    """Read the file anew and write what is not in the bank yet; ``skipped`` are numbers of questions to leave out.

    ``defaults`` fill the tags that a question leaves empty. ``changed`` says what becomes of a question whose code is
    known and whose text is another one. Loads into one centre come one after another, so that nothing comes twice; the
    file is read before that, so that nobody waits for the reading.
    """
    check_keeps_bank(by, centre.pk)
    parsed = parse_file(content, name, centre)
    with transaction.atomic():
        TutorCentre.objects.select_for_update(no_key=True).get(pk=centre.pk)
        return _written(compared(parsed, centre.pk), centre, by, skipped, defaults or {}, changed)


def name_columns(*, centre: TutorCentre, content: bytes, name: str, meanings: Mapping[str, str], by: Actor) -> None:
    """Say which column of a table is what (letter → key, "" for not needed), and remember it for the centre's files.
    Raises ``Invalid`` where no column is the question, or two are the same thing."""
    check_keeps_bank(by, centre.pk)
    titles, used = dict(q.CHOICES), Counter(key for key in meanings.values() if key)
    for key, number in used.items():
        if number > 1 and key != "answer":
            places = ", ".join(letter for letter, other in meanings.items() if other == key)
            raise Invalid(
                _("«%(title)s» is chosen twice: for the columns %(places)s. Leave one of them.")
                % {"title": titles[key], "places": places},
                code="column_twice",
            )
    if not used["text"] or len(used) < 2:
        raise Invalid(
            _("Say at least which column is the question, and one more: an answer or the right one."),
            code="column_missing",
        )
    asked = q.ask_columns(content, name, meanings_of(centre, BANK))
    said = {one.key: meanings.get(one.letter, "") for one in asked}
    remember_meanings(centre=centre, table=BANK, meanings=said, by=by)


def _written(
    reading: Reading,
    centre: TutorCentre,
    by: Actor,
    skipped: Collection[int],
    defaults: Mapping[str, str],
    changed: Changed,
) -> Loaded:
    wanted = [line for line in reading.lines if line.number not in skipped]
    other = [line for line in wanted if line.fate == Fate.OTHER]
    new = [line for line in wanted if line.fate == Fate.NEW] + (other if changed == "add" else [])
    renewed = _renewed(other, by) if changed == "renew" else 0
    ids = _add(new, centre, defaults, by)
    known, twice = (len(reading.with_fate(fate)) for fate in (Fate.SAME, Fate.TWICE))
    left_out = len(reading.lines) - len(new) - renewed - known - twice
    loaded = Loaded(len(new), renewed, known, twice, left_out, tuple(ids))
    if new or renewed:
        audit.record("bank.import", centre, by=by, centre_id=centre.pk, added=len(new), renewed=renewed)
    return loaded


def _add(lines: list[FileLine], centre: TutorCentre, defaults: Mapping[str, str], by: Actor) -> list[int]:
    """New items with their first versions, some hundreds at a time; their ids in the order of the file."""
    ids = []
    for start in range(0, len(lines), BATCH):
        batch = lines[start : start + BATCH]
        items = BankItem.objects.bulk_create([_item(line, centre, defaults) for line in batch])
        ids += [item.pk for item in items]
        versions = [_version(line, item, 1, by) for line, item in zip(batch, items, strict=True)]
        for item, version in zip(items, ItemVersion.objects.bulk_create(versions), strict=True):
            item.current = version
        BankItem.objects.bulk_update(items, ["current"])
        for line, item in zip(batch, items, strict=True):
            if line.question.pictures:
                keep_pictures(item, _pictures(line.question))
    return ids


def _item(line: FileLine, centre: TutorCentre, defaults: Mapping[str, str]) -> BankItem:
    own = {name: value for name, value in line.fields.items() if value}
    item = BankItem(centre=centre, kind=line.kind, name=line.taken.name, **{**defaults, **own})
    item.search_text = item.search_words(line.taken.content.text)
    return item


def _version(line: FileLine, item: BankItem, number: int, by: Actor) -> ItemVersion:
    return ItemVersion(
        item=item,
        number=number,
        content=line.taken.stored,
        digest=line.digest,
        max_score=line.taken.max_score,
        created_by_id=by.person_id,
    )


def _renewed(lines: list[FileLine], by: Actor) -> int:
    """New versions of items whose codes are known; an item of another kind stays as it is."""
    number = 0
    for line in lines:
        item = BankItem.objects.select_related("current").get(pk=line.known.item_id) if line.known else None
        if item is None or item.kind != line.kind or item.current is None:
            continue
        line = _with_free_names(line, item)
        version = _version(line, item, item.current.number + 1, by)
        version.save()
        item.current = version
        item.save()
        keep_pictures(item, _pictures(line.question))
        audit.record("bank.change", item, by=by, number=version.number)
        number += 1
    return number


def _with_free_names(line: FileLine, item: BankItem) -> FileLine:
    """The question with its pictures under names that older versions of the item do not use for others."""
    held = {row.name: row.sha256 for row in item.pictures.all()}
    question = line.question
    for picture in line.question.pictures:
        if held.get(picture.name, "") not in ("", sha256(picture.data).hexdigest()):
            name = f"{len(held) + 1}-{picture.name}"
            question = _renamed(question, picture, name)
            held[name] = ""
    return replace(line, question=question, taken=from_question(question)) if question is not line.question else line


def _renamed(question: Question, picture: QuestionPicture, name: str) -> Question:
    def change(text: str) -> str:
        for written in (quote(picture.name), picture.name):
            text = text.replace(f"{REFERENCE}{written}", f"{REFERENCE}{quote(name)}")
        return text

    pictures = tuple(replace(one, name=name) if one is picture else one for one in question.pictures)
    return replace(with_texts(question, change), pictures=pictures)


def _pictures(question: Question) -> list[NewPicture]:
    """The pictures with the words that the texts give to them."""
    alts = dict(_alts([question.text, question.feedback, *(option.text for option in question.options)]))
    return [NewPicture(one.name, one.media_type, one.data, alts.get(one.name, "")) for one in question.pictures]


def _alts(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    for text in texts:
        for tag in _IMAGE.findall(text):
            source, alt = _SOURCE.search(tag), _ALT.search(tag)
            if source and alt:
                yield unquote(unescape(source[1])), squash(unescape(alt[1] or alt[2] or ""))[:500]

"""Tags of a question (КЭС, КТ, level, topic, block, source, words of one's own) as fields of an item of the bank."""

from collections.abc import Callable, Iterator
from typing import Final

from traektoria.core.text import squash
from traektoria.diagnostics.bank.models import BankItem
from traektoria.diagnostics.items.enums import CompetenceBlock, Level
from traektoria.engines import questionbanks as q
from traektoria.engines.questionbanks.tags import write_tag

Fields = dict[str, str]
SEPARATOR: Final = "; "
LENGTHS: Final = {"kes": 100, "kt": 100, "topic": 300, "source": 300, "labels": 500, "external_id": 200}
_LEVELS: Final = {
    Level.BASIC: ("б", "базовый", "basic", "b"),
    Level.RAISED: ("п", "повышенный", "raised", "p"),
    Level.HIGH: ("в", "высокий", "high", "h"),
}
_LEVEL_BY_WORD: Final = {word: level for level, words in _LEVELS.items() for word in words}
_LEVEL_LETTERS: Final = {Level.BASIC: "Б", Level.RAISED: "П", Level.HIGH: "В"}
_BLOCKS: Final = {
    CompetenceBlock.SUBJECT: ("предметн", "subject"),
    CompetenceBlock.METHODICAL: ("методич", "method"),
    CompetenceBlock.PSYCH_PED: ("психолог", "psych"),
    CompetenceBlock.COMMUNICATION: ("коммуникат", "communic"),
}
_BLOCK_WORDS: Final = {
    CompetenceBlock.SUBJECT: "предметный",
    CompetenceBlock.METHODICAL: "методический",
    CompetenceBlock.PSYCH_PED: "психолого-педагогический",
    CompetenceBlock.COMMUNICATION: "коммуникативный",
}


def level_letter(level: str) -> str:
    """«Б», «П», «В»; "" where none is stated."""
    return _LEVEL_LETTERS.get(Level(level), "") if level else ""


def fields_of(question: q.Question) -> Fields:
    """The fields of an item that the tags fill; what fits into none stays as a word in ``labels``."""
    listed = {name: SEPARATOR.join(question.tagged(name)) for name in ("kes", "kt", "topic", "source")}
    level, odd_levels = _known(question.tagged("level"), _level)
    block, odd_blocks = _known(question.tagged("block"), _block)
    odd = [q.Tag("level", word) for word in odd_levels] + [q.Tag("block", word) for word in odd_blocks]
    labels = [write_tag(tag) for tag in (*(tag for tag in question.tags if not tag.name), *odd)]
    fields = {**listed, "labels": SEPARATOR.join(labels), "external_id": question.external_id}
    cut = {name: squash(value)[: LENGTHS[name]] for name, value in fields.items()}
    return {**cut, "level": level, "block": block, "topic": cut["topic"] or _category(question.category)}


def _category(path: str) -> str:
    """The last step of «$course$/ОГЭ/Дроби»: what a topic is called in Moodle."""
    last = squash(path.rpartition("/")[2])
    return "" if last.startswith("$") else last[: LENGTHS["topic"]]


def _known(words: tuple[str, ...], known: Callable[[str], str]) -> tuple[str, list[str]]:
    """The first word that is understood, and the words that say anything else."""
    found = [(word, known(word)) for word in words]
    values = [value for _word, value in found if value]
    first = values[0] if values else ""
    return first, [word for word, value in found if not value or value != first]


def _level(word: str) -> str:
    return _LEVEL_BY_WORD.get(word.casefold().removesuffix(" уровень").strip(), Level.NONE).value


def _block(word: str) -> str:
    text = word.casefold()
    return next((block.value for block, begins in _BLOCKS.items() if text.startswith(begins)), "")


def tags_of(item: BankItem) -> tuple[q.Tag, ...]:
    """The same fields as tags."""
    return tuple(_tags(item))


def _tags(item: BankItem) -> Iterator[q.Tag]:
    for name in ("kes", "kt", "topic", "source"):
        yield from (q.Tag(name, value) for value in _split(getattr(item, name)))
    if item.level:
        yield q.Tag("level", level_letter(item.level))
    if item.block:
        yield q.Tag("block", _BLOCK_WORDS[CompetenceBlock(item.block)])
    yield from (q.Tag("", value) for value in _split(item.labels))


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]

"""Names of people as they are typed: one spelling for signs that look alike, and the better of two spellings."""

import re
import unicodedata
from collections.abc import Iterable

from traektoria.core.text import search_key, squash

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_DASHES = re.compile(r"\s*[-\u2010-\u2015\u2212\ufe58\uff0d]+\s*")
_LATIN = str.maketrans("ABCEHKMOPTXYaceopxyëË", "АВСЕНКМОРТХУасеорхуёЁ")
_CYRILLIC = re.compile("[а-яёА-ЯЁ]")
_FOREIGN = re.compile("[A-Za-zËë]")
_NOT_IN_NAMES = re.compile(r"[^\w\s.'’ʼ-]|_|(?<=[^\W\d_])\d(?=[^\W\d_])")
_PARTICLES = frozenset(
    {"оглы", "оглу", "кызы", "гызы", "кзы", "угли", "уулу", "де", "фон", "ван", "дер", "ди", "да", "ла", "эль"}
)
_NOTHING = re.compile(
    r"[-\u2010-\u2015\u2212.\s]*"
    r"|(?:нет|без|отсутствует|отсутствуют|не имеет|не имеется|б/о|б\.о\.?|прочерк|n/?a|н/?д)(?: отчества)?",
    re.IGNORECASE,
)


def is_nothing(text: str) -> bool:
    """What people write where there is nothing to write: «нет», «—», «отсутствует», «б/о»."""
    return _NOTHING.fullmatch(squash(text)) is not None


def tidy(text: str) -> str:
    """A name without invisible signs, with one kind of dash and no spaces around it, Latin look-alikes among Cyrillic
    letters as Cyrillic."""
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    return " ".join(_one_alphabet(word) for word in squash(_DASHES.sub("-", text)).split(" "))


def _one_alphabet(word: str) -> str:
    """Latin letters that look like Cyrillic ones are those, if that leaves no other; a foreign name stays as it is."""
    likened = word.translate(_LATIN)
    if not _FOREIGN.search(word) or _FOREIGN.search(likened):
        return word
    return likened


def odd_sign(name: str) -> str:
    """A sign that stands in no name, or a letter of another alphabet than the rest; "" where all is well."""
    if found := _NOT_IN_NAMES.search(name):
        return found.group()
    foreign = _FOREIGN.search(name) if _CYRILLIC.search(name) else None
    return foreign.group() if foreign else ""


def is_initials(name: str) -> bool:
    """«А.», «А.И.», «А. И.»: not a name yet."""
    return re.fullmatch(r"(?:[^\W\d_]\.\s?)+", name) is not None


def cased(name: str) -> str:
    """A name typed in capitals, or all in small letters, with its capitals where they belong."""
    if not name.isupper() and not name.islower():
        return name
    if len(name) == 1:
        return name.upper()
    return re.sub(r"[^\W\d_]+", lambda part: _capital(part.group().lower()), name)


def _capital(part: str) -> str:
    return part if part in _PARTICLES else part[:1].upper() + part[1:]


def better(known: str, typed: str) -> str:
    """Of two spellings of one name the better: with ё where either has it, in capitals and small letters where one is
    in capitals only. A different name is taken as it was typed."""
    if search_key(known) != search_key(typed) or len(known) != len(typed):
        return typed
    base = typed if cased(known) != known and cased(typed) == typed else known
    letters = zip(base, known, typed, strict=True)
    return "".join(_with_yo(own) if own in "еЕ" and {one, other} & set("ёЁ") else own for own, one, other in letters)


def _with_yo(letter: str) -> str:
    return "ё" if letter == "е" else "Ё"


def split_name(text: str) -> tuple[str, str, str]:
    """Surname, given name and patronymic of «Иванова Мария Петровна»; a name of four words ends in «оглы» or «кызы»."""
    words = tidy(text).split(" ")
    return (words[0], words[1] if len(words) > 1 else "", " ".join(words[2:]))


def full(parts: Iterable[str]) -> str:
    return " ".join(filter(None, parts))

"""What people write in the cells of a staff table, as our own words (``data/words.csv``)."""

import csv
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

from traektoria.core import school_year
from traektoria.core.text import search_key

FILE = Path(__file__).parent / "data" / "words.csv"
_LATIN = str.maketrans("ABCEHKMOPTXY", "АВСЕНКМОРТХУ")
_CLASS = re.compile(
    r"(\d{1,2})(?:-?й\b)?(?:\s*(?:класс\w*|кл\b\.?)?\s*[-/\\_ ]?\s*([А-ЯЁA-Z]{1,2}(?![А-ЯЁA-Z])|(?<=[-/\\_])\d{1,2}))?"
    r"\s*(?:класс\w*|кл\b\.?)?",
    re.IGNORECASE,
)
_QUOTES = re.compile(r"[\"'«»„“”‘’]")
_DASHES = re.compile(r"[\u2010-\u2015\u2212]")
_YEAR = re.compile(r"(20\d\d)(?:\s*[/–-]\s*(?:20)?(\d\d))?(?:\s*(?:уч|г).*)?")
_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_DETAILS = re.compile(r"\s*[(,;]|\s+(?:приказ|пр\.|от|до|с|№|срок)\b|\s+\d", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*[,;/\n]\s*")

Class = tuple[str, int, str]


class NotUnderstood(ValueError):
    """A word that means nothing to us; the argument is the word."""


@cache
def _vocabulary() -> dict[tuple[str, str], str]:
    with FILE.open(encoding="utf-8", newline="") as lines:
        return {
            (row["kind"], _plain(word)): "" if row["slug"] == "none" else row["slug"]
            for row in csv.DictReader(lines)
            for word in row["words"].split("|")
        }


def _plain(text: str) -> str:
    return search_key(text.replace(".", " "))


def meaning(kind: str, text: str) -> str:
    """The slug of one word. Raises NotUnderstood."""
    try:
        return _vocabulary()[kind, _plain(text)]
    except KeyError:
        raise NotUnderstood(text) from None


def meaning_before_details(kind: str, text: str) -> str:
    """The same of «высшая (приказ от 12.03.2024)», «первая до 2029»: what it rests on is not asked here."""
    if knows(kind, text):
        return meaning(kind, text)
    head = _DETAILS.split(text, maxsplit=1)[0].strip(" ,;.–—-")
    return meaning(kind, head if head else text)


@cache
def _first_words() -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    with FILE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found.setdefault((row["kind"], row["slug"]), row["words"].split("|")[0])
    return found


def word_for(kind: str, slug: str) -> str:
    """The first word of a slug: what the export writes and ``meaning`` reads back."""
    return _first_words()[kind, slug or "none"]


def subject_words() -> dict[str, str]:
    """The word of each subject by its slug."""
    return {slug: word for (kind, slug), word in _first_words().items() if kind == "subject"}


def parts(text: str) -> list[str]:
    """Words divided by commas, semicolons or new lines."""
    return [part for part in _BETWEEN.split(text) if part]


def _one_by_one(kind: str, text: str) -> list[str]:
    """Parts of a list; «русский язык и литература» is two where both are known and the whole is not."""
    found: list[str] = []
    for part in parts(text):
        halves = re.split(r"\s+и\s+", part)
        split = len(halves) > 1 and not knows(kind, part) and all(knows(kind, half) for half in halves)
        found += halves if split else [part]
    return found


def knows(kind: str, text: str) -> bool:
    return (kind, _plain(text)) in _vocabulary()


def read_subjects(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Slugs of the subjects that we know, once each, and the names of those that we do not (physical training)."""
    slugs: dict[str, None] = {}
    unknown = []
    for part in _one_by_one("subject", text):
        try:
            slugs[meaning("subject", part)] = None
        except NotUnderstood:
            unknown.append(part)
    return tuple(slugs), tuple(unknown)


def read_classes(text: str, subjects: tuple[str, ...]) -> frozenset[Class]:
    """«4А, 4Б» of the only subject, or «5А, 5Б математика; 6В информатика».

    Raises NotUnderstood with the piece that can't be read; with "" where the subject of a class is not told.
    """
    return frozenset(found for group in re.split(r"[;\n]", text) for found in _group(group, subjects))


def _group(text: str, subjects: tuple[str, ...]) -> Iterator[Class]:
    waiting: list[tuple[int, str]] = []
    for piece in filter(None, (part.strip() for part in text.split(","))):
        plain = _DASHES.sub("-", _QUOTES.sub("", piece))
        found = _CLASS.match(plain)
        if not found or not 1 <= int(found.group(1)) <= 12 or _is_range(found):
            raise NotUnderstood(piece)
        waiting.append((int(found.group(1)), (found.group(2) or "").upper().translate(_LATIN)))
        rest = plain[found.end() :].strip(" -:()")
        if rest:
            slug = meaning("subject", rest)
            yield from ((slug, grade, letter) for grade, letter in waiting)
            waiting = []
    if waiting and len(subjects) != 1:
        raise NotUnderstood("")
    yield from ((subjects[0], grade, letter) for grade, letter in waiting)


def _is_range(found: re.Match[str]) -> bool:
    """«5-9» is five grades to one person and a ninth class to another: nobody guesses."""
    letter = found.group(2) or ""
    return letter.isdecimal() and "-" in found.group() and int(letter) > int(found.group(1))


def read_school_year(text: str) -> int:
    """2026 of «2026/27», «2026–2027», «2026». Raises NotUnderstood."""
    found = _YEAR.fullmatch(text.strip())
    if not found or (found.group(2) and int(found.group(2)) != (int(found.group(1)) + 1) % 100):
        raise NotUnderstood(text)
    return int(found.group(1))


def read_since(text: str, today: date) -> date:
    """1 September of a bare year, or the date itself, not in the future. Raises NotUnderstood."""
    day = _date(text.strip())
    if day is None or day.year < 1945 or day > today:
        raise NotUnderstood(text)
    return day


def _date(text: str) -> date | None:
    try:
        if re.fullmatch(r"\d{4}", text):
            return school_year.first_day(int(text))
        if found := _DATE.fullmatch(text):
            return date(int(found.group(3)), int(found.group(2)), int(found.group(1)))
        return date.fromisoformat(text)
    except ValueError:
        return None


def class_name(grade: int, letter: str) -> str:
    """«5А»; «5/1» where a school numbers its classes."""
    return f"{grade}/{letter}" if letter.isdecimal() else f"{grade}{letter}"


def classes_in_words(classes: frozenset[Class], labels: dict[str, str]) -> str:
    """«5А, 5Б математика; 6В информатика»: what ``read_classes`` reads back."""
    by_subject: dict[str, list[str]] = {}
    for subject, grade, letter in sorted(classes, key=lambda one: (one[0], one[1], one[2])):
        by_subject.setdefault(subject, []).append(class_name(grade, letter))
    return "; ".join(f"{', '.join(names)} {labels.get(subject, subject)}" for subject, names in by_subject.items())

"""Catalogues of translations, one for each room: extraction from code and templates, comparison, compilation.

Needs no gettext binaries: Babel reads Python, Jinja2 reads templates. The room of
``results/views.py`` is ``results``; of ``templates/results/list.html`` too; shared templates belong to ``core``.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment

LANGUAGE = "ru"
SHARED_TEMPLATES = frozenset({"account", "allauth", "components", "mfa"})
TEMPLATE_KEYWORDS: dict[str, tuple[int | None, int | None, int | None]] = {
    "_": (0, None, None),
    "gettext": (0, None, None),
    "ngettext": (0, 1, None),
    "pgettext": (1, None, 0),
    "npgettext": (1, 2, 0),
    "counted": (1, 2, None),
    "stat_count": (1, 2, None),
}
"""Function → places of its msgid, plural form and context."""
KEYWORDS = {f"{name}{end}": places for name, places in TEMPLATE_KEYWORDS.items() for end in ("", "_lazy", "_noop")}
_TEMPLATES = Environment(autoescape=True, extensions=["jinja2.ext.i18n"])  # only reads
_TEMPLATES.newstyle_gettext = True  # type: ignore[attr-defined]  # percent signs are doubled in every msgid
HEADER = """# Traektoria: {room}.
msgid ""
msgstr ""
"Language: ru\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : "
"n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\\n"

"""

_PLACEHOLDER = re.compile(r"%\((\w[\w.|:]*)\)[a-z]|\{(\w*)\}")


@dataclass(frozen=True, order=True)
class Message:
    """A msgid with its plural form and context (empty where there is none)."""

    id: str
    plural: str = ""
    context: str = ""


@dataclass
class Report:
    """What is wrong with the catalogue of one room; ``text`` is the file as it should be."""

    path: Path
    text: str
    changed: bool = False
    problems: list[str] = field(default_factory=list)


def template_messages(source: str) -> Iterator[Message]:
    """Every msgid of a template: ``_("…")``, ``{% trans %}`` and functions that count."""
    for _line, function, words in _TEMPLATES.extract_translations(source, TEMPLATE_KEYWORDS):  # type: ignore[attr-defined]
        said = [words] if isinstance(words, str) else list(words)
        one, many, context = (said[place] if place is not None else "" for place in TEMPLATE_KEYWORDS[function])
        if one:
            yield Message(one, many, context)


def python_messages(source: bytes) -> Iterator[Message]:
    """Every msgid of a Python file, also of those in the middle of an f-string."""
    for call in ast.walk(ast.parse(source)):
        if not isinstance(call, ast.Call):
            continue
        name = getattr(call.func, "id", "") or getattr(call.func, "attr", "")
        words = [each.value if isinstance(each, ast.Constant) else None for each in call.args]
        one, many, context = (_at(words, place) for place in KEYWORDS.get(name, (None, None, None)))
        if one:
            yield Message(one, many, context)


def _at(words: list[Any], place: int | None) -> str:
    """What is written there, where it is a text."""
    said = words[place] if place is not None and place < len(words) else ""
    return said if isinstance(said, str) else ""


def room_of(path: Path, package: Path) -> str | None:
    """The room whose catalogue translates ``path``; None for files that have no words of their own."""
    parts = path.relative_to(package).parts
    if parts[0] != "templates":
        return parts[0] if len(parts) > 1 and parts[0] not in ("engines", "locale", "static") else None
    return "core" if len(parts) == 2 or parts[1] in SHARED_TEMPLATES else parts[1]


def collect(package: Path) -> dict[str, set[Message]]:
    """room -> messages, over the whole package."""
    found: dict[str, set[Message]] = {}
    for path in [*package.rglob("*.py"), *(package / "templates").rglob("*.*")]:
        room = room_of(path, package)
        if room is None or not path.is_file() or path.suffix not in (".py", ".html", ".txt"):
            continue
        messages = python_messages(path.read_bytes()) if path.suffix == ".py" else template_messages(path.read_text())
        found.setdefault(room, set()).update(messages)
    return {room: messages for room, messages in found.items() if messages}


def po_path(package: Path, room: str) -> Path:
    return package / "locale" / room / LANGUAGE / "LC_MESSAGES" / "django.po"


def refresh(package: Path, room: str, messages: Iterable[Message]) -> Report:
    """The catalogue of ``room`` with exactly these messages, translations kept, sorted, without line numbers."""
    path = po_path(package, room)
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    old, new = _read(before), Catalog(locale=LANGUAGE)
    report = Report(path, "")
    # a plural entry wins over the same msgid used alone: gettext keeps one entry for both
    entries = {(message.id, message.context): message for message in sorted(messages)}
    for message in entries.values():
        _add(new, old, message, report)
    out = BytesIO()
    write_po(out, new, width=120, no_location=True, omit_header=True, sort_output=True, ignore_obsolete=True)
    report.text = HEADER.format(room=room) + out.getvalue().decode().strip() + "\n"
    report.changed = report.text != before
    return report


def _read(text: str) -> Catalog:
    return read_po(BytesIO(text.encode()), locale=LANGUAGE)


def _add(new: Catalog, old: Catalog, message: Message, report: Report) -> None:
    known = old.get(message.id, message.context or None)
    forms = 3 if message.plural else 1
    kept = known.string if known else ""
    strings: tuple[str, ...] = tuple(kept) if isinstance(kept, tuple | list) else (kept or "",)
    if len(strings) != forms:
        strings = ("",) * forms
    new.add(
        (message.id, message.plural) if message.plural else message.id,
        strings if message.plural else strings[0],
        context=message.context or None,
        flags=known.flags - {"python-format", "python-brace-format"} if known else (),
    )
    if not all(strings):
        report.problems.append(f"untranslated: {message.id!r}")
    elif known and known.fuzzy:
        report.problems.append(f"fuzzy: {message.id!r}")
    elif any(_names(string) - _names(message.id) - _names(message.plural) for string in strings):
        report.problems.append(f"unknown placeholder in the translation of {message.id!r}")


def _names(text: str) -> set[str]:
    return {one or two for one, two in _PLACEHOLDER.findall(text)}


def disagreements(package: Path) -> list[str]:
    """The same msgid translated differently in two rooms: only the first would ever be seen."""
    seen: dict[tuple[str, str], tuple[str, str]] = {}
    problems = []
    for path in sorted((package / "locale").glob(f"*/{LANGUAGE}/LC_MESSAGES/django.po")):
        room = path.parts[-4]
        for entry in _read(path.read_text(encoding="utf-8")):
            if not entry.id or isinstance(entry.id, tuple | list):
                continue
            first = seen.setdefault((entry.id, entry.context or ""), (room, str(entry.string)))
            if first[1] != entry.string and entry.string and first[1]:
                problems.append(f"{entry.id!r} is {first[1]!r} in {first[0]}, but {entry.string!r} in {room}")
    return problems


def compile_catalogues(package: Path) -> list[Path]:
    """Write ``django.mo`` beside every ``django.po``; a half-written file is never left."""
    written = []
    for path in sorted((package / "locale").glob("*/*/LC_MESSAGES/django.po")):
        target, draft = path.with_suffix(".mo"), path.with_suffix(".mo.new")
        with draft.open("wb") as file:
            write_mo(file, _read(path.read_text(encoding="utf-8")))
        draft.replace(target)
        written.append(target)
    return written

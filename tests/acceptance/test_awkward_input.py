"""Every form of every page with awkward values in its fields: whatever comes is taken or refused, never our mistake.

The forms are those that pages show: their fields, their hidden values, their choices. Awkward values go into what
people type (so that an action is reached) and then into everything, one in each field at once. On SQLite, which refuses
in the tests what PostgreSQL does (``tests/as_postgres.py``).
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve
from lxml.html import fromstring

from tests.acceptance.sheets import TYPED
from tests.acceptance.test_permission_matrix import ENTRIES, ROOMS, db, ground  # noqa: F401 (fixtures)
from tests.acceptance.visits import address_of, visit
from tests.thoroughness import rounds
from tests.world import World

LONG = "слово " * 5_000
AWKWARD: list[str] = [
    *("\0нуль\0", "\ud800пол\udfff", "\ufffe\uffff\U0010ffff", "\u202eткеТ\u200b", "👩‍🏫 e\u0301"),
    *("2" * 23, "-9223372036854775809", "1e400", "NaN", "Infinity", "0", "-1", "9" * 5_000, "٣"),
    *("0000-00-00", "0001-01-01", "99999-01-01", "9999-12-31", "24:61", "2026-13-45T99:99"),
    *("{{7*7}}{% now 'Y' %}", "=cmd|' /C calc'!A0", "a\r\nSet-Cookie: a=b", "[" * 3_000 + "]" * 3_000, "\u200b", " "),
    *("http://[::1", "a@" + "b" * 300, "<script>", "../../etc/passwd", "%00", "null", "true"),
    LONG,
    # what people type in other forms than those that we ask for
    *(
        "1.9.26",
        "01.09.26",
        "1 сентября 2026",
        "1 000,5",
        "1\xa0000,5",
        "−5",
        "50 %",
        "½",
        "от 3 до 5",
        "нет",
        "-",
        "н/д",
    ),
    *("  Ёлкина \xa0 Мария ", "\u200fшкола\u200e", "😀" * 50, "я" * 10_000, "№ 5 «А»", "8:40", "«»", "\t", "\xa0"),
    "Фамилия\tИмя\tКласс\r\nИванова\tМария\t5А\r\nПетров\tИван\t6Б",
    "",
]
# of them what a database may refuse or keep otherwise
OF_A_DATABASE = [
    *("\0нуль\0", "\ud800пол\udfff", "\ufffe\uffff\U0010ffff", "👩‍🏫 e\u0301", LONG, "я" * 10_000, "", " "),
    *("2" * 23, "-9223372036854775809", "1e400", "NaN", "Infinity", "9" * 5_000, "-1", "1 000,5"),
    *("0000-00-00", "0001-01-01", "99999-01-01", "9999-12-31", "24:61", "[" * 3_000 + "]" * 3_000),
]


@dataclass(frozen=True)
class Field:
    name: str
    kind: str
    value: str


class Forms(HTMLParser):
    """Forms of a page: (address, fields)."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str, list[Field]]] = []
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.found.append((own.get("method", "get").lower(), own.get("action", ""), []))
        elif self.found and tag in ("input", "textarea", "button") and own.get("name"):
            kind = {"textarea": "textarea"}.get(tag, own.get("type", ""))
            if kind not in ("checkbox", "radio") or "checked" in own:
                self.found[-1][2].append(Field(own["name"], kind, own.get("value", "")))
        elif tag == "select":
            self.select = own.get("name", "")
        elif tag == "option" and self.select and self.found:
            names = {field.name for field in self.found[-1][2]}
            if "selected" in own or (own.get("value") and self.select not in names):
                self.found[-1][2].append(Field(self.select, "select", own.get("value", "")))


@dataclass(frozen=True)
class Target:
    viewer: str
    method: str
    url: str
    fields: tuple[Field, ...]


def _targets(room: str, world: World) -> Iterator[Target]:
    seen = set()
    for key, (own, entry) in sorted(ENTRIES.items()):
        if own != room or not entry.allowed:
            continue
        viewer = sorted(entry.allowed)[0]
        here = address_of(key, entry, world)
        if entry.method == "POST":
            fields = [Field(name, "text", str(value)) for name, value in entry.data(world).items()]
            forms = [("post", here, fields)]
        else:
            page = visit(key, entry, viewer, world)
            reader = Forms()
            if page.status == 200 and "html" in page.kind:
                reader.feed(page.content.decode())
            forms = [(method, action or here, fields) for method, action, fields in reader.found]
        for method, url, fields in forms:
            mark = (method, _name(url), frozenset(field.name for field in fields))
            if mark not in seen and "logout" not in url:
                seen.add(mark)
                yield Target(viewer, method, url, tuple(fields))


def _name(url: str) -> str:
    try:
        return str(resolve(url.split("?")[0]).view_name)
    except Resolver404:
        return url


RUSSIAN = re.compile("[«А-ЯЁ]")

TYPING = [*[AWKWARD] * rounds(1, 4), *[OF_A_DATABASE] * rounds(1, 2)]
"""What is typed in each round: another value than in the fields beside it and in the rounds before. After them comes
one with a value in everything."""


@pytest.mark.parametrize("room", sorted(ROOMS))
def test_forms_outlive_what_is_typed(room: str, db: Callable[[str], World]) -> None:  # noqa: F811 (the fixture)
    world = db(room)
    fallen = []
    for target in list(_targets(room, world)):
        for number in range(len(TYPING) + 1):
            fields = _filled(target, number)
            before = transaction.savepoint()
            answer = _sent(_client(target.viewer, world), target, fields)
            transaction.savepoint_rollback(before)
            if answer.status_code == 500:
                fallen.append(f"{target.method} {_name(target.url)} {fields!r:.300}")
            fallen += [f"{_name(target.url)}: {words}" for words in _foreign(answer)]
    assert not fallen, "\n".join(fallen)


def _foreign(answer: Any) -> list[str]:
    """Errors beside fields that are not sentences of the house: «Обязательное поле», a sentence in English, nothing."""
    if answer.status_code != 422 or answer.streaming or "html" not in answer.headers["Content-Type"]:
        return []
    page = fromstring(answer.content.decode())
    said = [" ".join(one.text_content().split()) for one in page.xpath("//ul[contains(@class, 'errorlist')]/li")]
    hidden = "(Скрытое поле"  # of rows: only a broken page sends it otherwise
    wrong = [one for one in said if not RUSSIAN.match(one) or "Обязательное поле" in one]
    return [one for one in wrong if not one.startswith(hidden)]


def _client(viewer: str, world: World) -> Client:
    client = Client(raise_request_exception=False)
    if viewer != "anonymous":
        client.cookies[settings.SESSION_COOKIE_NAME] = world.things["sessions"][viewer]
    return client


def _sent(client: Client, target: Target, fields: dict[str, str]) -> Any:
    """As a browser sends it, halves of letters as bytes."""
    words = urlencode({name: value.encode("utf-8", "surrogatepass") for name, value in fields.items()})
    if target.method == "post":
        return client.post(target.url, words, content_type="application/x-www-form-urlencoded")
    return client.get(f"{target.url.partition('?')[0]}?{words}")


def _filled(target: Target, number: int) -> dict[str, str]:
    """An awkward value in each field that people type, so that an action is reached; in the last round in all."""
    everywhere = number == len(TYPING)
    values = AWKWARD if everywhere else TYPING[number]
    return {
        field.name: values[(7 * at + 11 * number + len(target.url)) % len(values)]
        if everywhere or field.kind in TYPED
        else field.value
        for at, field in enumerate(target.fields)
    }

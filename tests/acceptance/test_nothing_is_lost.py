"""A form that is refused comes back with everything that was typed, and says in Russian what to write, at the field.

Every form of every page of the permission matrix is filled with awkward values that are legal, and with one that is
not; a form that no value can make refused is listed with its reason, so that a new form can't be forgotten.
"""

import base64
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from lxml.html import HtmlElement, fromstring

from tests.acceptance.sheets import Box, Sheet, sheets
from tests.acceptance.test_awkward_input import RUSSIAN, _client, _name
from tests.acceptance.test_permission_matrix import ENTRIES, ROOMS, db, ground  # noqa: F401 (fixtures)
from tests.acceptance.visits import visit
from tests.world import World

WORDS = " «Ёлочки» & <b>жирно</b> \"кавычки\" 'апостроф' 😀 № 5 – 1,5 % {{ x }} "
LINES = f"{WORDS}\r\n\r\nвторая  строка\t\r\n" + "слово " * 800
LEGAL = {
    "email": "ivan.petrov@example.org",
    "url": "https://example.org/путь?a=б&c=1",
    "date": "2026-12-01",
    "time": "08:40",
    "datetime-local": "2026-12-01T08:40",
    "password": "Ёлка и 5 снежинок",
    "textarea": LINES,
}
WRONG = {
    "email": ["", "иван собака почта.рф"],
    "date": ["", "31 февраля", "1.9.26"],
    "time": ["", "без пяти"],
    "datetime-local": ["", "завтра"],
}
NUMERIC = ["", "много", "1 000,5", "٣", "-999999"]
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
NONE_SUCH = "нет-такого"
TRIES, REFUSALS = 12, 2
"""So many values are tried in a form, until it was refused so often."""

UNWALKED = {
    "core:appearance": "a cookie with one of few values: another one is the usual look",
    "core:find": "a search of nothing shows all",
}
"""Forms that take whatever is typed into them."""


def _legal(box: Box) -> list[str]:
    if box.kind == "hidden":
        return box.values
    if box.kind == "file":
        return []
    if box.kind in ("radio", "select", "checkbox"):
        full = [choice for choice in box.choices if choice]
        return full[-2:] if box.several else full[-1:]
    text = "3" if box.numeric else LEGAL.get(box.kind, WORDS)
    return [text[: box.longest] if box.longest else text]


def _wrong(box: Box) -> list[list[str]]:
    if box.kind in ("hidden", "file"):
        return []
    if box.kind in ("radio", "select", "checkbox"):
        untouched = (box.kind == "select" and not box.several) or (box.kind == "radio" and box.values)
        return [[NONE_SUCH]] if untouched else [[], [NONE_SUCH]]
    if box.numeric:
        return [[one] for one in NUMERIC]
    return [[one] for one in WRONG.get(box.kind, ["", "   ", "я" * ((box.longest or 19_999) + 1), "много"])]


def _filled(sheet: Sheet) -> Iterator[dict[str, list[Any]]]:
    """All legal; then one wrong after the other, first the first wrong value of each; then a file that is none."""
    legal = {box.name: _legal(box) for box in sheet.boxes.values()}
    if sheet.button[0]:
        legal[sheet.button[0]] = [sheet.button[1]]
    file = next((box.name for box in sheet.shown() if box.kind == "file"), "")
    if file:
        yield {**legal, file: [SimpleUploadedFile("Список «Ёлка».pdf", b"%PDF-1.7 neither")]}
    yield legal
    wrong = {box.name: _wrong(box) for box in sheet.shown()}
    for number in range(max((len(values) for values in wrong.values()), default=0)):
        for name, values in wrong.items():
            if number < len(values):
                yield {**legal, name: values[number]}
            if file and number == 0 and values and name != file:
                picture = SimpleUploadedFile("Ёлка «новая».png", PNG, "image/png")
                yield {**legal, file: [picture], name: values[number]}


def _pages(room: str, world: World) -> Iterator[tuple[str, str, HtmlElement]]:
    for key, (own, entry) in sorted(ENTRIES.items()):
        if own != room or entry.method == "POST":
            continue
        for viewer in sorted(entry.allowed)[:2]:
            seen = visit(key, entry, viewer, world)
            if (page := seen.page) is not None:
                yield viewer, seen.address, page


def _forms(room: str, world: World) -> Iterator[tuple[str, Sheet]]:
    """Each form once, by where it goes and what it asks; forms that ask nothing are a press, not a form."""
    seen = set()
    for viewer, here, page in _pages(room, world):
        for sheet in sheets(page, here):
            mark = _name(sheet.action), frozenset(re.sub(r"\d+", "N", name) for name in sheet.boxes)
            if any(sheet.shown()) and mark not in seen and mark[0] not in UNWALKED:
                seen.add(mark)
                yield viewer, sheet


@pytest.mark.once
@pytest.mark.parametrize("room", sorted(ROOMS))
def test_a_refused_form_keeps_what_was_typed(room: str, db: Callable[[str], World]) -> None:  # noqa: F811
    if connection.vendor != "sqlite":
        pytest.skip("what a page shows does not depend on the database")
    world = db(room)
    lost: dict[str, str] = {}
    refused: dict[str, int] = {}
    for viewer, sheet in _forms(room, world):
        name = _name(sheet.action)
        refused.setdefault(name, 0)
        for number, data in enumerate(_filled(sheet)):
            if number >= TRIES or refused[name] >= REFUSALS:
                break
            before = transaction.savepoint()
            answer = _client(viewer, world).post(sheet.action, data)
            transaction.savepoint_rollback(before)
            if answer.status_code in (409, 422):
                refused[name] += 1
                page = fromstring(answer.content.decode())
                lost |= {f"{name}: {one}": "" for one in [*_lost(sheet, data, page), *_unsaid(page)]}
    never = [name for name, times in refused.items() if not times and name not in TAKES_ALL]
    assert not lost, "\n".join(lost)
    assert not never, f"never refused, list them in TAKES_ALL with a reason: {never}"
    assert not [name for name in TAKES_ALL if refused.get(name)], "refused all the same: take it out of TAKES_ALL"


TAKES_ALL = {
    "diagnostics:campaign_people": "people by ticks: who is none is not invited",
    "people:passwords_give": "schools and a tick: whoever has signed in gets no other password",
    "tutors:session_agenda_add": "applications that wait, by ticks: another one is not on the agenda",
    "tutors:session_attendance": "who is there, by ticks; why somebody is not, in free words that no box can exceed",
    "results:schools_map": "one of the schools offered: another one does not exist (404)",
    "results:upload_answer": "one of the answers offered: to another question there is nothing to answer (404)",
}
"""Forms in which nothing that a browser can send is wrong."""


def _lost(sheet: Sheet, data: dict[str, list[Any]], page: HtmlElement) -> Iterator[str]:
    again = [one for one in sheets(page, sheet.action) if _name(one.action) == _name(sheet.action)]
    there = max(again, key=lambda one: len(set(one.boxes) & set(sheet.boxes)), default=None)
    if there is None:
        yield "the form is not on the page that refuses it"
        return
    for box in sheet.shown():
        sent, stands = data[box.name], there.boxes.get(box.name)
        if box.kind == "file":
            words = " ".join(page.text_content().split())
            around = "//*[contains(concat(' ', @class, ' '), ' field ') or self::section][.//input[@name=$name]]"
            said = page.xpath(f"{around}//ul[contains(@class,'errorlist')]", name=box.name)
            yield from (f"file {one.name} is not named" for one in sent if one.name not in words and not said)
        elif stands is None and (NONE_SUCH in sent or not any(sent)):
            continue  # nothing to choose from
        elif stands is None:
            yield f"{box.name} is not on the page any more"
        elif box.kind != "password" and NONE_SUCH not in sent and _plain(stands.values) != _plain(sent or [""]):
            yield f"{box.name} was {sent!r:.90} and is {stands.values!r:.90}"


def _plain(values: list[str]) -> list[str]:
    """Line ends as HTML has them; a choice that was not made is nothing."""
    return sorted(filter(None, (value.replace("\r\n", "\n") for value in values)))


def _unsaid(page: HtmlElement) -> Iterator[str]:
    """No sentence at all, one that is not Russian, a link of the summary that leads nowhere."""
    places = "//ul[contains(@class,'errorlist')]/li|//*[@id='error-summary']//li|//*[@role='alert']"
    said = [" ".join(one.text_content().split()) for one in page.xpath(places)]
    if not said:
        yield "nothing says why"
    yield from (f"«{one}» is no sentence of ours" for one in said if not RUSSIAN.match(one.lstrip("0123456789. ")))
    for link in page.xpath("//*[@id='error-summary']//a/@href"):
        if not page.xpath("//*[@id=$id]", id=link[1:]):
            yield f"the summary leads to {link}, which is not on the page"

"""Every form of every page says how long it takes and who sees it, as it is drawn for those who may fill it in.

``tests/core/test_form_notes.py`` asks the templates the same, so that rare states count too.
"""

import re
from collections.abc import Callable, Iterator

import pytest
from lxml.html import HtmlElement

from tests.acceptance.test_awkward_input import _name
from tests.acceptance.test_permission_matrix import ENTRIES, ROOMS, db, ground  # noqa: F401 (fixtures)
from tests.acceptance.visits import visit
from tests.world import World
from traektoria.engines.declension.dictionary import analyzer

SAID_BEFORE = {
    "core:find": "a search asks nothing of anybody",
    "diagnostics:sitting_answer": "a task stands alone; its first page said it",
    "account_login": "signing in shows nothing to anybody",
}


NAMED = {"порог", "документ", "группа", "авто"}
"""Under a heading that says what a press does: «Добавить», «Оформление»."""


def _pages(room: str, world: World) -> Iterator[tuple[str, str, HtmlElement]]:
    """Every page as everybody sees it who may."""
    for key, (own, entry) in sorted(ENTRIES.items()):
        if own != room or entry.method == "POST":
            continue
        for viewer in sorted(entry.allowed):
            seen = visit(key, entry, viewer, world)
            if (page := seen.page) is not None:
                yield key, seen.address, page


def _asks(form: HtmlElement) -> bool:
    fields = form.xpath(".//input[@name]|.//textarea[@name]|.//select[@name]")
    return any(field.get("type") not in ("hidden", "submit") for field in fields)


def _is_a_lone_noun(words: str) -> bool:
    """«Отметка» for «Проверить»: a button does something, so a noun alone does not name it."""
    return words not in NAMED and bool(
        re.fullmatch("[а-яё]+", words)
        and (kinds := [parse.tag for parse in analyzer().parse(words)])
        and all(tag.POS == "NOUN" and "nomn" in tag for tag in kinds[:1])
    )


@pytest.mark.once
@pytest.mark.parametrize("room", sorted(ROOMS))
def test_forms_say_their_minutes_and_who_sees_them(room: str, db: Callable[[str], World]) -> None:  # noqa: F811
    silent, nouns, seen = [], [], set()
    for key, here, page in _pages(room, db(room)):
        for form in page.iter("form"):
            target = _name(form.get("action") or here)
            if form.get("method") != "post" or not _asks(form) or (key, target) in seen:
                continue
            seen.add((key, target))
            note = " ".join(one.text_content() for one in form.find_class("form-note"))
            if target not in SAID_BEFORE and not ("минут" in note and "кто увидит: " in note):
                silent.append(f"{target}: {note or 'nothing'}")
        buttons = page.xpath(
            "//form[@method='post']//button|//*[contains(@class, 'desk-line')]//a[contains(@class,'button')]"
        )
        words = {" ".join(one.text_content().split()).lower() for one in buttons}
        nouns += [f"{key}: {one}" for one in words if _is_a_lone_noun(one)]
    assert not silent, "\n".join(silent)
    assert not nouns, "\n".join(nouns)

"""The page of a running sitting as pieces of HTML: items in the person's order, the strip of their numbers.

Light on purpose: hundreds of people open it in the same minute. An unanswered item is drawn once a process for each of
``ORDERS`` orders of its options, and only what is answered is drawn for the person.
"""

from collections.abc import Mapping
from typing import Final

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from traektoria.core.boxes import boxed
from traektoria.core.templating import piece
from traektoria.diagnostics.instruments.queries.forms import Entry, Form
from traektoria.diagnostics.items.answers import is_complete, stored
from traektoria.diagnostics.items.item_view import Asked, ask
from traektoria.diagnostics.items.markup import ShownPicture
from traektoria.diagnostics.items.pieces.answers import Value
from traektoria.diagnostics.sittings.models import Sitting
from traektoria.diagnostics.sittings.queries.sittings import AnswerRow

ORDERS: Final = 32
PRIME: Final = 1_000_003


def order_of(sitting: Sitting, entry: Entry) -> int:
    """The seed of one item's order: the same for the person each time, another for each item."""
    return sitting.seed % ORDERS * PRIME + entry.pk


def asked_of(sitting: Sitting, entry: Entry, value: Value | None = None, *, disabled: bool = False) -> Asked:
    """The item as this person sees it; addresses of pictures are relative to the page of the sitting."""
    pictures = {name: ShownPicture(f"picture/{pk}/", alt) for name, (pk, alt) in entry.pictures.items()}
    seed = order_of(sitting, entry)
    return ask(entry.content, prefix=entry.prefix, seed=seed, value=value, pictures=pictures, disabled=disabled)


def section(
    sitting: Sitting, form: Form, entry: Entry, answer: AnswerRow | None, value: Value | None = None
) -> SafeString:
    """One step of the page: the question with the texts before it. ``value``: what was sent and refused."""
    shown = value if value is not None else stored(entry.content, answer.value) if answer else {}
    pk, sequence = entry.pk, answer.sequence if answer else -1
    return SafeString(
        f'<section class="sit-item" id="item-{pk}" data-item="{pk}" data-number="{entry.number}" '
        f'data-sequence="{sequence}">{_drawn(sitting, form, entry, shown)}</section>'
    )


def rest(sitting: Sitting, form: Form, current: Entry, answers: Mapping[int, AnswerRow]) -> SafeString:
    """All the other items, for a page that goes on without a line."""
    others = (entry for entry in form.asked if entry is not current)
    return SafeString("".join(section(sitting, form, entry, answers.get(entry.pk)) for entry in others))


def strip(form: Form, current: Entry | None, answers: Mapping[int, AnswerRow]) -> SafeString:
    """Numbers of the items with their states, each a link."""
    states = {
        "": ("", ""),
        "partly": (' class="is-answered is-partly"', escape(_("answered in part"))),
        "done": (' class="is-answered"', escape(_("answered"))),
    }
    links = []
    for entry in form.asked:
        look, words = states[_state(answers, entry)]
        here = ' aria-current="step"' if entry is current else ""
        links.append(
            f'<li><a href="?item={entry.number}"{look}{here} data-to="{entry.pk}">{entry.number}'
            f'<span class="visually-hidden"> {words}</span></a></li>'
        )
    return SafeString(f'<nav class="sit-strip" aria-label="{escape(_("Tasks"))}"><ol>{"".join(links)}</ol></nav>')


def unanswered(form: Form, answers: Mapping[int, AnswerRow]) -> list[Entry]:
    return [entry for entry in form.asked if not _state(answers, entry) and entry.content.takes_answer]


def answered_in_part(form: Form, answers: Mapping[int, AnswerRow]) -> list[Entry]:
    """Lines without a place, left sides without a right one: asked about before the work is handed in."""
    return [entry for entry in form.asked if _state(answers, entry) == "partly"]


def _state(answers: Mapping[int, AnswerRow], entry: Entry) -> str:
    """«done», «partly», or «» for no answer."""
    answer = answers.get(entry.pk)
    if not answer or not answer.value:
        return ""
    return "done" if is_complete(entry.content, answer.value) else "partly"


def _drawn(sitting: Sitting, form: Form, entry: Entry, value: Value) -> str:
    if value:
        return _draw(sitting, form, entry, value)
    key = (entry.pk, sitting.seed % ORDERS, get_language() or "")
    found = form.drawn.get(key)
    if found is None:
        found = form.drawn[key] = _draw(sitting, form, entry, {})
    return found


def _draw(sitting: Sitting, form: Form, entry: Entry, value: Value) -> str:
    texts = [_item(sitting, one, {}) for one in form.before(entry)]
    return "".join([*texts, _item(sitting, entry, value)])


def _item(sitting: Sitting, entry: Entry, value: Value) -> str:
    return boxed("task", lambda: _asked(asked_of(sitting, entry, value), entry.number))


def _asked(asked: Asked, number: int) -> str:
    return piece(asked.template, asked=asked, number=number)

"""An item in a line of a list: what it asks and what is right, as bare words."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, assert_never

from django.utils.translation import gettext as _

from traektoria.core.figures import shortest
from traektoria.core.text import search_key, squash
from traektoria.diagnostics.items import content as c
from traektoria.diagnostics.items.marking_rules import points_words, range_words
from traektoria.diagnostics.items.markup import plain_text

TEXT: Final = 300
KEY: Final = 160
_SHOWN: Final = 8


@dataclass(frozen=True)
class ItemLine:
    """``key`` is empty for what is neither right nor wrong."""

    text: str
    key: str


def line_of(content: c.Content) -> ItemLine:
    """«Столица России?», key «Москва»; long ones are cut."""
    keys = list(_keys(content))
    said = "; ".join(keys[:_SHOWN]) + ("; …" if len(keys) > _SHOWN else "")
    return ItemLine(_cut(_bare(content.text, content), TEXT), _cut(said, KEY))


def own_name(name: str, text: str) -> str:
    """The name of an item where it says more than its text: «Q18», but not the beginning of the question."""
    return "" if search_key(text).startswith(search_key(name).rstrip("…")) else name


def _keys(content: c.Content) -> Iterable[str]:
    match content:
        case c.Single() | c.Multiple():
            whole = isinstance(content, c.Single)
            return [
                _shared(_bare(one.text, content), one.weight, whole=whole)
                for one in content.options
                if Fraction(one.weight) > 0
            ]
        case c.Short():
            return [_shared(squash(one.text), one.weight) for one in content.accepted if Fraction(one.weight) > 0]
        case c.Numeric():
            ranges = [one for one in content.ranges if Fraction(one.weight) > 0]
            return [_shared(range_words(one, content.unit), one.weight) for one in ranges]
        case c.Matching():
            return [f"{_bare(pair.left, content)} → {_bare(pair.right, content)}" for pair in content.pairs]
        case c.Ordering():
            return [f"{place}) {_bare(text, content)}" for place, text in enumerate(content.order, start=1)]
        case c.Extended():
            return [f"{one.code} – {points_words(one.most)}" for one in content.criteria]
        case c.Likert() | c.Choice() | c.Open() | c.LevelMark() | c.Description() | c.Unreadable():
            return []
        case _:
            assert_never(content)


def _bare(text: str, content: c.Content) -> str:
    return squash(plain_text(text, content.text_format)) or _("a picture")


def _shared(text: str, weight: str, *, whole: bool = True) -> str:
    """With the share of the points, where one right answer is to be given and this one does not bring all."""
    share = Fraction(weight)
    return text if share == 100 or not whole else f"{text} ({shortest(share, 1)} %)"


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"

"""The key of an item for its author: what is right and for which share of the points, line by line."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import assert_never

from django.utils.safestring import SafeString, mark_safe

from traektoria.core.figures import shortest
from traektoria.diagnostics.items import content as c
from traektoria.diagnostics.items.marking_rules import points_words, range_words
from traektoria.diagnostics.items.markup import Pictures, shown


@dataclass(frozen=True)
class KeyLine:
    """``right``: it brings points. ``share`` is said only where it is not all or nothing. ``place``: of an option."""

    html: SafeString
    right: bool = True
    share: str = ""
    feedback: SafeString | str = ""
    place: int = -1


def key_of(content: c.Content, pictures: Pictures) -> list[KeyLine]:
    """Lines of the key; [] for what is neither right nor wrong."""
    return list(_Key(content.text_format, pictures).lines(content))


@dataclass(frozen=True)
class _Key:
    text_format: str
    pictures: Pictures

    def lines(self, content: c.Content) -> Iterator[KeyLine]:
        match content:
            case c.Single() | c.Multiple():
                for place, option in enumerate(content.options):
                    yield self.weighted(self.html(option.text), option.weight, option.feedback, place)
            case c.Short():
                for accepted in content.accepted:
                    yield self.weighted(shown(accepted.text, "plain"), accepted.weight, accepted.feedback)
            case c.Numeric():
                for one in content.ranges:
                    yield self.weighted(shown(range_words(one, content.unit), "plain"), one.weight, one.feedback)
            case c.Matching():
                yield from (self.pair(pair.left, pair.right) for pair in content.pairs)
                yield from (KeyLine(self.html(text), right=False) for text in content.distractors)
            case c.Ordering():
                yield from (KeyLine(self.html(text)) for text in content.order)
            case c.Extended():
                yield from (_criterion(one) for one in content.criteria)
            case c.Likert() | c.Choice() | c.Open() | c.LevelMark() | c.Description() | c.Unreadable():
                return
            case _:
                assert_never(content)

    def html(self, text: str) -> SafeString:
        return shown(text, self.text_format, self.pictures)

    def weighted(self, html: SafeString, weight: str, feedback: str, place: int = -1) -> KeyLine:
        share = Fraction(weight)
        said = "" if share in (0, 100) else f"{shortest(share, 1)} %"
        return KeyLine(html, share > 0, said, self.html(feedback) if feedback else "", place)

    def pair(self, left: str, right: str) -> KeyLine:
        return KeyLine(mark_safe(f"{self.html(left)} → {self.html(right)}"))


def _criterion(one: c.Criterion) -> KeyLine:
    """«К1. Верно — до 2 баллов», what each number of points means below it."""
    descriptors = shown("\n".join(one.descriptors), "plain")
    return KeyLine(shown(f"{one.code}. {one.title}", "plain"), share=points_words(one.most), feedback=descriptors)

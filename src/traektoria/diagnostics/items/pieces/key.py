"""The key of an item for its author, and as bare words in a line of a list."""

from dataclasses import dataclass
from fractions import Fraction

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from traektoria.core.figures import shortest
from traektoria.core.text import squash
from traektoria.diagnostics.items.markup import Pictures, plain_text, shown


@dataclass(frozen=True)
class KeyLine:
    """``right``: it brings points. ``share`` is said only where it is not all or nothing. ``place``: of an option."""

    html: SafeString
    right: bool = True
    share: str = ""
    feedback: SafeString | str = ""
    place: int = -1


@dataclass(frozen=True)
class KeyTexts:
    """Texts of a key as safe HTML."""

    text_format: str
    pictures: Pictures

    def html(self, text: str) -> SafeString:
        return shown(text, self.text_format, self.pictures)

    def weighted(self, html: SafeString, weight: str, feedback: str, place: int = -1) -> KeyLine:
        share = Fraction(weight)
        said = "" if share in (0, 100) else f"{shortest(share, 1)} %"
        return KeyLine(html, share > 0, said, self.html(feedback) if feedback else "", place)


def bare(text: str, text_format: str) -> str:
    """A text of an item in one line, without markup."""
    return squash(plain_text(text, text_format)) or _("a picture")


def with_share(text: str, weight: str) -> str:
    """With the share of the points, where it does not bring all of them."""
    share = Fraction(weight)
    return text if share == 100 else f"{text} ({shortest(share, 1)} %)"


def earns(weight: str) -> bool:
    """Whether the answer brings points."""
    return Fraction(weight) > 0

"""What who came is asked: three questions of the house, or those of the regulation."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import pgettext_lazy

from traektoria.events.enrolment.policies import event_rules
from traektoria.events.event.models import Event


@dataclass(frozen=True)
class Question:
    """``options``: (what is kept, what is read)."""

    slug: str
    title: Any  # lazy string
    options: tuple[tuple[str, Any], ...]


OURS = (
    Question(
        "useful",
        pgettext_lazy("feedback", "Was it of use for your work?"),
        (
            ("yes", pgettext_lazy("feedback", "yes")),
            ("partly", pgettext_lazy("feedback", "in part")),
            ("no", pgettext_lazy("feedback", "no")),
        ),
    ),
    Question(
        "applies",
        pgettext_lazy("feedback", "Will you use it in your lessons?"),
        (
            ("soon", pgettext_lazy("feedback", "within a month")),
            ("later", pgettext_lazy("feedback", "later this year")),
            ("no", pgettext_lazy("feedback", "hardly")),
        ),
    ),
    Question(
        "change",
        pgettext_lazy("feedback", "What to change first?"),
        (
            ("nothing", pgettext_lazy("feedback", "nothing")),
            ("practice", pgettext_lazy("feedback", "more practice")),
            ("pace", pgettext_lazy("feedback", "another pace")),
            ("level", pgettext_lazy("feedback", "another level")),
        ),
    ),
)


def questions_of(event: Event) -> tuple[Question, ...]:
    """By the regulation under which the event was announced. Reads ``regulation``."""
    own = tuple(one for one in event_rules(event).feedback if not one.archived)
    return tuple(Question(one.slug, one.title, tuple(_numbered(one.options))) for one in own) or OURS


def _numbered(options: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(str(number), text) for number, text in enumerate(options, 1)]

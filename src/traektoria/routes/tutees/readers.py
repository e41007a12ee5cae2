"""Who reads what is written in the room: one table, from which forms say it and with which a test compares the pages.

``tests/routes/test_readers.py`` puts a mark into every field and looks for it on all that each viewer can open. A draft
carries nothing from a row here into one with more readers without asking its author.
"""

from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class SupportReader(StrEnum):
    """A kind of reader; the author is a teacher of the support."""

    AUTHOR = "author"
    TUTOR = "tutor"
    TEACHERS = "teachers"  # the consented teachers of the route
    HEAD = "head"  # of a school where one of them works, once the route is agreed
    COORDINATOR = "coordinator"


BETWEEN_TWO = frozenset({SupportReader.AUTHOR, SupportReader.TUTOR})
WORKING = frozenset({SupportReader.TEACHERS, SupportReader.TUTOR})
AGREED = WORKING | {SupportReader.HEAD}
READERS: dict[str, frozenset[SupportReader]] = {
    "request.text": BETWEEN_TWO,
    "reflection.text": frozenset({SupportReader.AUTHOR}),
    "reflection.text, shared": BETWEEN_TWO,
    "route.goals": AGREED,
    "item.deficit": AGREED,
    "item.task": AGREED,
    "item.resource": AGREED,
    "item.expected_result": AGREED,
    "comment.text": WORKING,
    "evidence.note": WORKING,
    "route.conclusion": WORKING,
    "support.basis_note": WORKING,
}
WORDS = {
    SupportReader.AUTHOR: gettext_lazy("you"),
    SupportReader.TEACHERS: gettext_lazy("the teacher"),
    SupportReader.TUTOR: gettext_lazy("the tutor"),
    SupportReader.HEAD: gettext_lazy("the head of the school"),
    SupportReader.COORDINATOR: gettext_lazy("the coordinator of the centre"),
}


def seen_by(field: str) -> str:
    """«you and the tutor»: the readers of the field, as its form says them before it is filled in."""
    return in_words(READERS[field])


def in_words(allowed: frozenset[SupportReader]) -> str:
    readers = [str(word) for reader, word in WORDS.items() if reader in allowed]
    if len(readers) == 1:
        return _("you alone")
    return _("%(others)s and %(last)s") % {"others": ", ".join(readers[:-1]), "last": readers[-1]}

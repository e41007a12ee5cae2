"""Who reads what is written in a request: the table from which its forms say it.

``tests/consultations/requests/test_readers.py`` puts a mark into every field and looks for it on pages of each viewer.
"""

from traektoria.routes.tutees.readers import SupportReader, in_words

ASKED = frozenset({SupportReader.AUTHOR, SupportReader.TUTOR, SupportReader.COORDINATOR})
OF_SCHOOL = ASKED | {SupportReader.TEACHERS, SupportReader.HEAD}
READERS: dict[str, frozenset[SupportReader]] = {
    "request.note": ASKED,
    "request.note, of a school": ASKED | {SupportReader.HEAD},
    "request.files": ASKED,
    "request.files, of a school": ASKED | {SupportReader.HEAD},
    "request.topic": ASKED,
    "request.topic, of a school": OF_SCHOOL,
    "request.answer": ASKED,
    "request.answer, of a school": OF_SCHOOL,
}
"""``TEACHERS`` of a request are those whom the school names in it; ``TUTOR`` is the one to whom it is given."""


def seen_by(field: str) -> str:
    return in_words(READERS[field])

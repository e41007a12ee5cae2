"""Who reads what is written in a booking: the table from which its forms say it."""

from traektoria.routes.tutees.readers import Reader, in_words

OWN = frozenset({Reader.AUTHOR, Reader.TUTOR, Reader.COORDINATOR})
READERS: dict[str, frozenset[Reader]] = {
    "booking.topic": OWN,
    "booking.topic, of a school": OWN | {Reader.TEACHERS, Reader.HEAD},
    "booking.why": OWN | {Reader.TEACHERS},
}


def seen_by(field: str) -> str:
    return in_words(READERS[field])

"""Who reads what is written in a booking: the table from which its forms say it."""

from traektoria.routes.tutees.readers import SupportReader, in_words

OWN = frozenset({SupportReader.AUTHOR, SupportReader.TUTOR, SupportReader.COORDINATOR})
READERS: dict[str, frozenset[SupportReader]] = {
    "booking.topic": OWN,
    "booking.topic, of a school": OWN | {SupportReader.TEACHERS, SupportReader.HEAD},
    "booking.why": OWN | {SupportReader.TEACHERS},
}


def seen_by(field: str) -> str:
    return in_words(READERS[field])

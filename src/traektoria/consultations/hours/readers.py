"""Who reads what is written of an hour; its author is the tutor. The forms say it from this table."""

from traektoria.routes.tutees.readers import SupportReader, in_words

BOTH = frozenset({SupportReader.AUTHOR, SupportReader.TEACHERS})
READERS: dict[str, frozenset[SupportReader]] = {
    "hour.topic": BOTH | {SupportReader.COORDINATOR},
    "hour.recommendations": BOTH,
    "hour.materials": BOTH,
    "hour.shared_note": BOTH,
    "hour.private_note": frozenset({SupportReader.AUTHOR}),
}


def seen_by(field: str) -> str:
    return in_words(READERS[field])

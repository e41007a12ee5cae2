"""Who reads what is written of an hour; its author is the tutor. The forms say it from this table."""

from traektoria.routes.tutees.readers import Reader, in_words

BOTH = frozenset({Reader.AUTHOR, Reader.TEACHERS})
READERS: dict[str, frozenset[Reader]] = {
    "hour.topic": BOTH | {Reader.COORDINATOR},
    "hour.recommendations": BOTH,
    "hour.materials": BOTH,
    "hour.shared_note": BOTH,
    "hour.private_note": frozenset({Reader.AUTHOR}),
}


def seen_by(field: str) -> str:
    return in_words(READERS[field])

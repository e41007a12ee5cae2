"""Which parts a campaign can have, whom one is for, and which form is whose."""

from collections.abc import Collection

from traektoria.diagnostics.instruments.enums import InstrumentKind

SAT = (InstrumentKind.CONTROL_WORK, InstrumentKind.QUESTIONNAIRE)
"""Kinds that a campaign can have as parts: the others are protocols, which a tutor keeps."""
FORMS = ("A", "B")


def suits(subject: str, taught: Collection[str]) -> bool:
    """A part with a subject is for those who teach it, one without is for everybody."""
    return not subject or subject in taught


def form_of(*, two_forms: bool, order: str, turn: int) -> str:
    """«A» or «B»: the first letter of the order in the first campaign (``turn`` 0), the other one in the next."""
    if not two_forms:
        return ""
    return (order or "".join(FORMS))[turn % len(FORMS)]

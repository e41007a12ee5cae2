"""Russian names and job titles in the six cases, for documents.

A printed card says «учителя математики Ивановой Марии Петровны». The endings of names are rules of our own, held
against the dictionary of OpenCorpora (through pymorphy3), which knows job titles too; what the two do not settle
together is said by ``Declined.certain`` and can be overridden by hand. Names of organisations are never declined.
"""

from .labels import asked_for
from .model import Case, Declined, FullName, NameGender
from .names import decline, detect_gender, short
from .titles import decline_title

__all__ = [
    "Case",
    "Declined",
    "FullName",
    "NameGender",
    "asked_for",
    "decline",
    "decline_title",
    "detect_gender",
    "short",
]

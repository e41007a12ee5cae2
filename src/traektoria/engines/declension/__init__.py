"""Russian names and job titles in the six cases, for documents.

A printed card says «учителя математики Ивановой Марии Петровны». The rules of names are those of the petrovich
project (through pytrovich), the dictionary of job titles is OpenCorpora (through pymorphy3); what neither knows for
sure is said by ``Declined.certain`` and can be overridden by hand. Names of organisations are never declined.
"""

from .model import Case, Declined, FullName, Gender
from .names import decline, detect_gender, short
from .titles import decline_title

__all__ = ["Case", "Declined", "FullName", "Gender", "decline", "decline_title", "detect_gender", "short"]

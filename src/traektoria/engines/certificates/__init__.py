"""Certificates as they are given out: one context a person, drawn as A4 landscape with a QR by a numbered design.

    sheet = PrintedCertificate(...)                      # words and numbers, chosen by the room above
    file = render(sheet)                          # PDF/A-2b; equal certificates give equal bytes
    hall = render_all([sheet, ...], background)   # one file, a page a person

A design is never edited once certificates were issued by it: a new one gets the next number.
"""

from .model import DESIGN, Background, Kind, PrintedCertificate
from .pdf import render, render_all
from .sheet import file_stem
from .wording import days_in_words

__all__ = [
    "DESIGN",
    "Background",
    "Kind",
    "PrintedCertificate",
    "days_in_words",
    "file_stem",
    "render",
    "render_all",
]

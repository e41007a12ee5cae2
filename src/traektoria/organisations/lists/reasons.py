"""Official lists as texts speak of them."""

import re
from typing import Final

from traektoria.core.text import search_key
from traektoria.organisations.enums import HelpReason

MARKS: Final = {
    HelpReason.LOW_RESULTS: re.compile(r"шнор|низки\w+ (?:образовательн\w+ )?результат"),
    HelpReason.HARD_CONDITIONS: re.compile(r"шссу|шнсу|(?:неблагоприятн\w+|сложн\w+) (?:социальн\w+ )?услови"),
}


def reasons_named(text: str) -> list[HelpReason]:
    """«Консультации для ШНОР/ШССУ» → both."""
    words = search_key(text)
    return [one for one, mark in MARKS.items() if mark.search(words)]

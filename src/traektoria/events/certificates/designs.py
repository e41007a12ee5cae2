"""What each design of a certificate vouches for, and how it words what is kept as a number.

A paper once issued keeps its design: what is new on a certificate, or worded otherwise, is a new design (here, and a
file beside ``engines/certificates/sheet.py``); these lines are never edited.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from traektoria.core.typography import in_hours

FIRST: Final = (
    "centre_id", "event_id", "person_id", "kind", "year", "number", "revision", "replaces_id", "issuer", "town",
    "name", "short_name", "event_kind", "title", "days", "place", "minutes", "signed_post", "signed_name",
    "issued_on", "reason", "code", "word", "site", "design", "background_id",
)  # fmt: skip


@dataclass(frozen=True)
class CertificateDesign:
    """``fixed``: columns of ``Certificate`` of which ``content_sha256`` is made, in this order. ``length``: minutes in
    words."""

    fixed: tuple[str, ...]
    length: Callable[[int], str]


DESIGNS: Final[Mapping[int, CertificateDesign]] = {1: CertificateDesign(FIRST, in_hours)}
FIXED: Final = frozenset({"content_sha256"}.union(*(one.fixed for one in DESIGNS.values())))
"""Columns of an issued certificate that nothing writes once more."""

"""Certificates as PDF/A-2b by Typst."""

from collections.abc import Sequence
from pathlib import Path

from traektoria.engines.papers.typesetting import typeset

from .model import Background, PrintedCertificate
from .sheet import sheet_of


def render(one: PrintedCertificate, background: Background | None = None) -> bytes:
    """The certificate as a PDF/A-2b file."""
    return render_all([one], background)


def render_all(many: Sequence[PrintedCertificate], background: Background | None = None) -> bytes:
    """One file, a page each; all are of one design. The time in the file is noon of the day of the first.

    Raises ``ValueError`` where there is none, or designs differ.
    """
    [design] = {one.design for one in many}
    picture = f"background.{background.ending}" if background else ""
    content = {"pages": [sheet_of(one) for one in many], "background": picture}
    pictures = {picture: background.content} if background else None
    return typeset(Path(__file__).with_name(f"design{design}.typ"), content, many[0].issued_on, pictures, kept=True)

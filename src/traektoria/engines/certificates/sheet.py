"""From a certificate to printed strings; its digest and the name of its file."""

from collections.abc import Sequence
from typing import Any, Final

import segno

from traektoria.engines.papers.typography import long_date, printed, safe_name

from .model import Kind, PrintedCertificate

TITLE: Final = "СЕРТИФИКАТ"
ABOUT: Final = {
    Kind.PARTICIPANT: "об участии в мероприятии",
    Kind.LEADER: "о проведении мероприятия",
    Kind.SPEAKER: "о выступлении на мероприятии",
    Kind.ORGANISER: "об организации мероприятия",
}
_QUIET: Final = 2


def sheet_of(one: PrintedCertificate) -> dict[str, Any]:
    """What the design draws: text and numbers, no markup."""
    return {
        "document_title": f"{TITLE.capitalize()} № {one.number}",
        "issuer": printed(one.issuer),
        "town": printed(one.town),
        "title": TITLE,
        "about": ABOUT[Kind(one.kind)],
        "name": printed(one.name),
        "event_kind": printed(one.event_kind),
        "event": f"«{printed(one.title).strip('«»')}»" if "«" not in one.title else printed(one.title),
        "facts": [printed(text) for text in (one.days, one.place, one.length) if text],
        "post": printed(one.signed_post),
        "signed": printed(one.signed_name),
        "number": f"№\u00a0{one.number}",
        "replaces": f"взамен №\u00a0{one.replaces}" if one.replaces else "",
        "issued": long_date(one.issued_on),
        "check": ["Проверить подлинность:", one.check, "Контрольное слово:", one.word],
        "qr": modules(one.address),
    }


def modules(address: str) -> dict[str, Any]:
    """The QR as runs of dark modules: its ``side`` with the quiet zone, and [x, y, length] of each run."""
    rows = segno.make(address, error="m", micro=False).matrix
    runs = [run for y, row in enumerate(rows) for run in _runs(row, y + _QUIET)]
    return {"side": len(rows) + 2 * _QUIET, "runs": runs}


def _runs(row: Sequence[int], y: int) -> list[list[int]]:
    found: list[list[int]] = []
    for x, dark in enumerate(row):
        if not dark:
            continue
        if found and found[-1][0] + found[-1][2] == x + _QUIET:
            found[-1][2] += 1
        else:
            found.append([x + _QUIET, y, 1])
    return found


def file_stem(one: PrintedCertificate) -> str:
    """A file name without extension, safe on every system: «Сертификат 2026-0015 Иванова Мария Петровна»."""
    return safe_name(f"{TITLE.capitalize()} {one.number} {one.name}", 100)

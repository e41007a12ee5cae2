"""From an issue to its file: drawn anew each time from the words of the issue, in the process of papers."""

import hashlib
import logging
from collections.abc import Callable, Iterable, Sequence

from django.utils.translation import gettext as _

from traektoria.core.errors import Conflict
from traektoria.engines import certificates as engine
from traektoria.engines.papers.process_apart import PAPERS
from traektoria.events.certificates.models import Certificate, CertificateBackground

log = logging.getLogger(__name__)


def printed(row: Certificate) -> engine.PrintedCertificate:
    """The words of the paper. Reads ``replaces``. Papers are Russian: under ``translation.override("ru")``."""
    return engine.PrintedCertificate(
        number=row.full_number,
        replaces=row.replaces.full_number if row.replaces else "",
        kind=engine.Kind(row.kind),
        issuer=row.issuer,
        town=row.town,
        name=row.name,
        event_kind=row.event_kind,
        title=row.title,
        days=row.days,
        place=row.place,
        length=row.length,
        signed_post=row.signed_post,
        signed_name=row.signed_name,
        issued_on=row.issued_on,
        word=row.word,
        address=f"{row.site}/events/check/{row.code}/",
        check=f"{row.site.partition('://')[2]}/events/check/",
        design=row.design,
    )


def background_of(row: CertificateBackground | None) -> engine.Background | None:
    if row is None:
        return None
    with row.file.open("rb") as file:
        return engine.Background(file.read(), str(row.file.name).rpartition(".")[2])


def file_of(row: Certificate) -> bytes:
    """The paper; nothing is written. A hash other than the first one is told to the log: the program that draws has
    changed, what is said has not."""
    check_whole(row)
    content = PAPERS.ask(engine.render, printed(row), background_of(row.background))
    _compared(row, content)
    return content


def check_whole(row: Certificate) -> None:
    """Raises ``Conflict``: what was changed by hand is no certificate of ours, what a newer release drew is not known
    here."""
    if not row.is_known:
        text = _("A newer release of the program issued this certificate: this one can't print it.")
        raise Conflict(text, code="unknown_design")
    if not row.is_whole:
        text = _("What is kept of this certificate was changed: it is not printed. Tell the administrator.")
        raise Conflict(text, code="not_whole")


def _compared(row: Certificate, content: bytes) -> None:
    if row.file_sha256 and row.file_sha256 != hashlib.sha256(content).hexdigest():
        log.warning("certificate %s is drawn with other bytes than first", row.pk)


def files_of(rows: Iterable[Certificate]) -> Iterable[tuple[Certificate, bytes]]:
    """One after another; a background is read once."""
    known: dict[int, engine.Background | None] = {}
    for row in rows:
        key = row.background_id or 0
        if key not in known:
            known[key] = background_of(row.background)
        check_whole(row)
        content = PAPERS.ask(engine.render, printed(row), known[key])
        _compared(row, content)
        yield row, content


def seal(rows: Sequence[Certificate], told: Callable[[int, int], None] = lambda done, total: None) -> None:
    """Draw what was just issued, so that the hash of its first file is kept."""
    for done, (row, content) in enumerate(files_of(rows), 1):
        found = hashlib.sha256(content).hexdigest()
        Certificate.objects.filter(pk=row.pk, file_sha256="").update(file_sha256=found)
        told(done, len(rows))


def hall_of(rows: Sequence[Certificate]) -> list[bytes]:
    """One file for rows of one background and design; several where they differ."""
    groups: dict[tuple[int, int], list[Certificate]] = {}
    for row in rows:
        check_whole(row)
        groups.setdefault((row.background_id or 0, row.design), []).append(row)
    return [
        PAPERS.ask(engine.render_all, [printed(one) for one in group], background_of(group[0].background))
        for group in groups.values()
    ]

"""A background of the centre is added or put aside; none is changed."""

import hashlib

from django.core.files import File
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core import audit
from traektoria.core.errors import Invalid
from traektoria.core.kept_files import Ready, filing, keep
from traektoria.engines.certificates.backgrounds import NoBackground, drawn_anew
from traektoria.engines.papers.process_apart import PAPERS
from traektoria.events.certificates.models import CertificateBackground
from traektoria.events.certificates.permissions import check_backgrounds
from traektoria.events.certificates.policies import SHEETS
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import Actor, acting


def add_background(*, centre: TutorCentre, file: File[bytes], name: str, by: Actor) -> CertificateBackground:
    """Drawn anew before the transaction; the same picture is kept once, and offered again where it was put aside.
    Raises ``Invalid`` with what to do, ``Refused``."""
    check_backgrounds(by, centre.pk)
    return _keep(centre, _drawn(file), name.strip(), by)


def _drawn(file: File[bytes]) -> Ready:
    """Known by what is drawn: two files that look the same are one background."""
    sent = SHEETS.look_at(file)
    try:
        content = PAPERS.ask(drawn_anew, sent.content.read(), sent.kind)
    except NoBackground as wrong:
        raise Invalid(_why(wrong.code), code=f"background_{wrong.code}") from wrong
    return Ready(sent.name, "jpg", hashlib.sha256(content).hexdigest(), ContentFile(content))


def _why(code: str) -> str:
    if code == "shape":
        return _("The sheet lies: 297 by 210 mm. Save the background with these sides and add it again.")
    if code == "small":
        return _("The picture is too small for print: at least 1200 points wide, better 2480.")
    if code == "pages":
        return _("The PDF has several pages: save the one page of the background.")
    return _("The file can't be drawn. Save it again in its program as PNG.")


@filing()
def _keep(centre: TutorCentre, ready: Ready, name: str, by: Actor) -> CertificateBackground:
    TutorCentre.objects.select_for_update(of=("self",), no_key=True).get(pk=centre.pk)
    known = CertificateBackground.objects.filter(centre=centre, sha256=ready.sha256).first()
    if known is not None:
        if known.retired_at:
            known.retired_at = None
            known.save(update_fields=["retired_at"])
        return known
    last = CertificateBackground.objects.filter(centre=centre).aggregate(last=Max("number"))["last"] or 0
    row = CertificateBackground(centre=centre, number=last + 1, name=name, sha256=ready.sha256, by_id=acting(by))
    keep([(row.file, ready)], person_id=acting(by), centre_id=centre.pk)
    audit.record("certificate.background", row, by=by, number=row.number)
    return row


@transaction.atomic
def retire_background(*, row: CertificateBackground, by: Actor) -> CertificateBackground:
    """It is offered no more; what was issued on it keeps it. Twice is once."""
    check_backgrounds(by, row.centre_id)
    found = CertificateBackground.objects.select_for_update(no_key=True).get(pk=row.pk)
    if found.retired_at is None:
        found.retired_at = timezone.now()
        found.save(update_fields=["retired_at"])
        audit.record("certificate.background_off", found, by=by, number=found.number)
    return found

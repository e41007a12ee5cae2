"""What certificates tell the rooms below: long work, letters, words of the audit."""

from django.utils.translation import gettext_lazy

from traektoria.core.installation.sources import Attached, attached
from traektoria.core.registries import word_events
from traektoria.events.certificates import errands as errands
from traektoria.events.certificates import letters as letters
from traektoria.events.certificates import workflow as workflow  # the diagrams of docs/workflows
from traektoria.events.certificates.models import CertificateBackground

attached.add(Attached("events.backgrounds", 31, CertificateBackground, "by", ("centre",)))
_WORDS = {
    "certificate.issue": gettext_lazy("certificates given out"),
    "certificate.revise": gettext_lazy("a certificate made anew"),
    "certificate.replace": gettext_lazy("a certificate replaced"),
    "certificate.revoke": gettext_lazy("a certificate revoked"),
    "certificate.background": gettext_lazy("a background of certificates added"),
    "certificate.background_off": gettext_lazy("a background of certificates put aside"),
    "access.certificates": gettext_lazy("your certificate, with all of an event"),
}
word_events(_WORDS)

"""The states of a certificate: from in force it is replaced by a newer one or revoked, with a reason."""

from django.utils.translation import gettext_lazy as _

from traektoria.core.workflow import Transition, Workflow
from traektoria.events.certificates.enums import CertificateState
from traektoria.events.certificates.permissions import check_change

certificate_workflow = Workflow(
    slug="certificate",
    states=dict(CertificateState.choices),
    initial=CertificateState.VALID,
    owners={
        CertificateState.VALID: "the person to whom it was given",
        CertificateState.REPLACED: "nobody: its page names the newer one",
        CertificateState.REVOKED: "nobody: its page says since when",
    },
    transitions=(
        Transition(
            "replace", (CertificateState.VALID, CertificateState.REVOKED), CertificateState.REPLACED, _("Make anew"),
            check_change,
        ),
        Transition("revoke", (CertificateState.VALID,), CertificateState.REVOKED, _("Revoke"), check_change),
    ),
)  # fmt: skip

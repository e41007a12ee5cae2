"""What the room tells the rooms below of the application: words of the audit, personal data."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy

from traektoria.core.registries import (
    Attached,
    AuditWording,
    PersonalData,
    attached,
    audit_wording,
    personal_data,
)
from traektoria.tutors.models import CriterionEvidence
from traektoria.tutors.queries.application_portrait import portrait
from traektoria.tutors.workflows import applications as workflow  # noqa: F401  (the diagrams of docs/workflows)


def attached_names(**whose: int) -> Iterable[str]:
    """Files shown for criteria, of a candidate or of a centre."""
    rows = CriterionEvidence.objects.filter(**{f"application__{name}": value for name, value in whose.items()})
    return rows.exclude(file="").values_list("file", flat=True)


attached.add(Attached("tutors.evidence", 20, attached_names))
personal_data.add(
    PersonalData("tutor_applications", 40, gettext_lazy("applications for the status and nominations"), portrait)
)
_WORDS = {
    "application.start": gettext_lazy("application begun"),
    "application.reuse": gettext_lazy("earlier answers taken as a start"),
    "application.nominate": gettext_lazy("nominated"),
    "application.consent": gettext_lazy("agreed to the nomination"),
    "application.attach": gettext_lazy("evidence attached"),
    "application.detach": gettext_lazy("evidence taken away"),
    "application.submit": gettext_lazy("application submitted"),
    "application.check": gettext_lazy("criteria checked"),
    "application.return": gettext_lazy("returned for completion"),
    "application.admit": gettext_lazy("admitted for consideration"),
    "application.grant": gettext_lazy("status granted"),
    "application.refuse": gettext_lazy("status refused"),
    "application.appeal": gettext_lazy("refusal appealed"),
    "application.withdraw": gettext_lazy("application withdrawn"),
    "access.tutors.application": gettext_lazy("your application for the status"),
    "access.tutors.evidence": gettext_lazy("a document of your application"),
}
for _number, (_slug, _sentence) in enumerate(_WORDS.items()):
    audit_wording.add(AuditWording(_slug, 600 + _number, _sentence))

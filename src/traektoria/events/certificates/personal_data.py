"""What certificates keep about a person, for the file that the person takes away."""

from typing import Any

from traektoria.events.certificates.models import Certificate, CertificateBackground

COLUMNS = (
    "kind", "year", "number", "revision", "name", "event_kind", "title", "days", "place", "minutes", "issuer",
    "signed_post", "signed_name", "issued_on", "word", "state", "revoked_why", "reason",
)  # fmt: skip


def certificates_of(person_id: int) -> dict[str, Any]:
    """One's own, whole; how many one gave out and which backgrounds one uploaded."""
    rows = Certificate.objects.filter(person=person_id).order_by("pk").values(*COLUMNS)
    made = CertificateBackground.objects.filter(by=person_id).order_by("pk").values("name", "created_at")
    issued = Certificate.objects.filter(issued_by=person_id).count()
    return {"certificates": list(rows), "certificates_issued": issued, "backgrounds": list(made)}

"""Open Badges 3.0 beside the paper: what a badge says of an issue, its issuer, what is not in force."""

from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

from traektoria.engines import badges as engine
from traektoria.engines.certificates import Kind
from traektoria.engines.certificates.sheet import ABOUT
from traektoria.engines.papers.process_apart import PAPERS
from traektoria.events.certificates.enums import CertificateState
from traektoria.events.certificates.keys import seed
from traektoria.events.certificates.models import Certificate
from traektoria.organisations.models import TutorCentre

CONTEXT: Final = ("https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json")
SVG, JWT = "svg", "jwt"
TYPES: Final = {SVG: "image/svg+xml", JWT: "application/vc+jwt"}


def badge_of(row: Certificate) -> engine.Badge:
    """Papers and badges are Russian."""
    issuer = issuer_address(row.site, row.centre_id)
    return engine.Badge(
        id=id_of(row),
        issuer=issuer,
        issuer_name=row.issuer,
        achievement=f"{issuer}#event-{row.event_id}-{row.kind}",
        title=row.title,
        about=f"{row.event_kind} «{row.title}», {row.days}, {row.minutes} мин",
        earned_by=f"Сертификат {ABOUT[Kind(row.kind)]} № {row.full_number}",
        name=row.name,
        issued_at=row.created_at,
        evidence=f"{row.site}/events/check/{row.code}/",
        revoked=f"{issuer}revoked.json",
    )


def id_of(row: Certificate) -> str:
    """Leads nowhere: the list of what is not in force tells nobody the address of a page."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'{row.site}/{row.code}')}"


def issuer_address(site: str, centre_id: int) -> str:
    return f"{site}/events/badges/{centre_id}/"


def file_of_badge(row: Certificate, form: str) -> bytes:
    """A picture with the credential in it, or the credential alone."""
    if form == SVG:
        return PAPERS.ask(engine.baked, badge_of(row), seed())
    return PAPERS.ask(engine.signed, badge_of(row), seed()).encode()


def profile(centre: TutorCentre, site: str) -> dict[str, Any]:
    """Who issues, and where the keys are."""
    address = issuer_address(site, centre.pk)
    return {
        "@context": list(CONTEXT), "id": address, "type": ["Profile"], "name": centre.full_name or centre.name,
        "url": address, "jwks_uri": f"{site}/events/badges/keys.json",
    }  # fmt: skip


def revoked(centre: TutorCentre, site: str) -> dict[str, Any]:
    """Of this centre: what was revoked, what was replaced. One query."""
    address = issuer_address(site, centre.pk)
    rows = Certificate.objects.filter(centre=centre).exclude(state=CertificateState.VALID).order_by("pk")
    return {
        "id": f"{address}revoked.json",
        "issuer": address,
        "revokedCredential": [
            {"id": id_of(row), "revoked": True, "revocationReason": str(row.get_state_display())}
            for row in rows.only("site", "code", "state")
        ],
    }

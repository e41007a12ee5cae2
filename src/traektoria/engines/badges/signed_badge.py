"""A badge is signed, and put into its picture, by openbadgeslib."""

from html import escape
from typing import Any, Final

from .keys import private_pem
from .model import Badge

STATUS: Final = "1EdTechRevocationList"
ALGORITHM: Final = "EdDSA"


def signed(badge: Badge, seed: bytes) -> str:
    """The credential as a JWT. Equal badges and seeds give equal tokens."""
    return str(_signer(seed).sign(_credential(badge)))


def baked(badge: Badge, seed: bytes) -> bytes:
    """The picture of the badge (SVG) with the credential in it."""
    picture: bytes = _signer(seed).sign_into_svg(_credential(badge), picture_of(badge).encode())
    return picture


def _signer(seed: bytes) -> Any:
    from openbadgeslib.ob3 import OB3Signer

    return OB3Signer(private_pem(seed), ALGORITHM)


def _credential(badge: Badge) -> Any:
    from openbadgeslib.ob3 import Achievement, Evidence, IdentityObject, Issuer, OpenBadgeCredential

    return OpenBadgeCredential(
        id=badge.id,
        issuer=Issuer(badge.issuer, badge.issuer_name, url=badge.issuer),
        recipient_id=None,
        identifiers=[IdentityObject(identity_type="name", identity_hash=badge.name, hashed=False)],
        achievement=Achievement(
            badge.achievement, badge.title, badge.about, badge.earned_by, achievement_type="Certificate"
        ),
        issuance_date=badge.issued_at,
        evidence=[Evidence(id=badge.evidence)],
        credential_status=[{"id": badge.revoked, "type": STATUS}],
    )


def picture_of(badge: Badge) -> str:
    """A round badge with its title in lines; no text is markup."""
    lines = _lines(badge.title)
    top = 208 - 13 * (len(lines) - 1)
    words = "".join(
        f'<text x="200" y="{top + 26 * place}" font-size="22">{escape(line)}</text>' for place, line in enumerate(lines)
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" width="400" height="400">'
        f"<title>{escape(badge.title)}</title>"
        '<circle cx="200" cy="200" r="196" fill="#17323d"/><circle cx="200" cy="200" r="180" fill="none" '
        'stroke="#d9a94e" stroke-width="4"/><circle cx="200" cy="200" r="170" fill="#f7f5ef"/>'
        '<path d="M200 58l9 19 21 3-15 15 3 21-18-10-18 10 3-21-15-15 21-3z" fill="#d9a94e"/>'
        f'<g font-family="serif" fill="#17323d" text-anchor="middle">{words}'
        f'<text x="200" y="318" font-size="15">{escape(badge.issued_at.strftime("%d.%m.%Y"))}</text></g></svg>'
    )


def _lines(title: str, width: int = 24, most: int = 5) -> list[str]:
    lines = [""]
    for word in title.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines if len(lines) <= most else [*lines[: most - 1], "…"]

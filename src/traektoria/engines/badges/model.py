"""What a badge says."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Badge:
    """``id`` names the credential for ever; ``issuer``, ``achievement`` and ``revoked`` (the list of what is not in
    force) are addresses of the installation, ``evidence`` is the page on which anybody checks it."""

    id: str
    issuer: str
    issuer_name: str
    achievement: str
    title: str
    about: str
    earned_by: str
    name: str
    issued_at: datetime
    evidence: str
    revoked: str

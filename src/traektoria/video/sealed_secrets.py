"""The secret of a server lies sealed in the database: a copy of the database alone opens nothing.

AES-256-GCM under a key made of the installation's own secret; what is sealed for one centre opens for no other.
"""

import secrets
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

NONCE: Final = 12


def seal(secret: str, centre_id: int) -> bytes:
    if not secret:
        return b""
    nonce = secrets.token_bytes(NONCE)
    return nonce + _cipher().encrypt(nonce, secret.encode(), _bound(centre_id))


def unseal(sealed: bytes | memoryview, centre_id: int) -> str:
    """ "" where there is none, or where it was sealed under another secret of the installation: it is to be written
    anew."""
    content = bytes(sealed)
    try:
        return _cipher().decrypt(content[:NONCE], content[NONCE:], _bound(centre_id)).decode() if content else ""
    except (InvalidTag, ValueError):
        return ""


def _cipher() -> AESGCM:
    derived = HKDF(SHA256(), length=32, salt=None, info=b"traektoria.video.secret")
    return AESGCM(derived.derive(settings.SECRET_KEY.encode()))


def _bound(centre_id: int) -> bytes:
    return f"centre {centre_id}".encode()

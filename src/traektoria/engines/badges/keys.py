"""The key of an installation: Ed25519 from a seed of 32 bytes."""

import base64
import hashlib
import json


def public_key(seed: bytes) -> dict[str, str]:
    """The public key as a JWK, with its thumbprint (RFC 7638) as ``kid``."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    raw = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    core = {"crv": "Ed25519", "kty": "OKP", "x": _text(raw)}
    thumb = hashlib.sha256(json.dumps(core, sort_keys=True, separators=(",", ":")).encode()).digest()
    return {**core, "alg": "EdDSA", "use": "sig", "kid": _text(thumb)}


def private_pem(seed: bytes) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    return Ed25519PrivateKey.from_private_bytes(seed).private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )  # fmt: skip


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()

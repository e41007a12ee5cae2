"""Open Badges 3.0: a credential signed with a key of the installation, in a picture or alone, and the public key.

    token = signed(badge, seed)          # a JWT of the credential, by EdDSA
    picture = baked(badge, seed)         # an SVG that carries it
    key = public_key(seed)               # what is published: a JWK

openbadgeslib (28 MB of memory, PyJWT, cryptography) is loaded by the first signing only, in the process of papers.
"""

from .keys import public_key
from .model import Badge
from .signed_badge import baked, signed

__all__ = ["Badge", "baked", "public_key", "signed"]

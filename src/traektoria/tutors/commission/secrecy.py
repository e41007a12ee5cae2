"""The secret vote (ADR 0010): ballots in the database, their key in a file outside it, destroyed with the count.

A ballot is AES-256-GCM of one byte under a key made for one vote. What is enciphered with it says which vote and which
row it belongs to, so a ballot can be neither moved nor copied. Nothing here knows the voter.
"""

import os
import re
import secrets
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID, uuid4

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from traektoria.core.installation.identity import keep_apart, settle
from traektoria.tutors.commission.enums import VoteChoice

KEY_BITS = 256
NONCE_BYTES = 12
CODES = (VoteChoice.FOR, VoteChoice.AGAINST, VoteChoice.ABSTAINED)
_NAME = re.compile(r"(\d+)\.key")


class KeyLost(Exception):
    """The key of the vote is gone or does not fit the ballots: they can't be counted by anybody, ever."""


def make_key(item_id: int) -> None:
    """A new random key of the vote, readable to the owner of the process only; an old one is lost with it.

    Raises ``Apart`` where the folder holds the keys of another installation.
    """
    keep_apart(_folder(), settle())
    path, fresh = _path(item_id), _path(item_id).with_suffix(f".{secrets.token_hex(8)}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(AESGCM.generate_key(KEY_BITS))
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def seal(item_id: int, choice: VoteChoice) -> tuple[UUID, bytes]:
    """A ballot for a row with this random key: nonce and cipher text, of one length whatever the choice.

    Raises ``KeyLost``.
    """
    token, nonce = uuid4(), secrets.token_bytes(NONCE_BYTES)
    plain = bytes([CODES.index(choice)])
    return token, nonce + AESGCM(_key(item_id)).encrypt(nonce, plain, _bound_to(item_id, token))


def count(item_id: int, ballots: Iterable[tuple[UUID, bytes | memoryview]]) -> Counter[VoteChoice]:
    """How many ballots say what. Raises ``KeyLost`` where one does not open."""
    cipher = AESGCM(_key(item_id))
    return Counter(_opened(cipher, item_id, token, bytes(sealed)) for token, sealed in ballots)


def destroy_key(item_id: int) -> None:
    """After this nobody can open a ballot of the vote, in the database or in a copy of it."""
    _path(item_id).unlink(missing_ok=True)


def kept_keys() -> set[int]:
    """The votes whose keys lie here. Those of votes that are over were left where the process died before the deletion;
    a vote that seems not to have begun may have begun a moment ago, in a transaction that is not committed yet."""
    keep_apart(_folder(), settle())
    names = (_NAME.fullmatch(path.name) for path in _folder().glob("*.key"))
    return {int(name[1]) for name in names if name}


def _path(item_id: int) -> Path:
    return _folder() / f"{item_id}.key"


def _folder() -> Path:
    folder = Path(settings.BALLOTS)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _key(item_id: int) -> bytes:
    try:
        key = _path(item_id).read_bytes()
    except FileNotFoundError as missing:
        raise KeyLost from missing
    if len(key) * 8 != KEY_BITS:
        raise KeyLost
    return key


def _bound_to(item_id: int, token: UUID) -> bytes:
    return f"ballot:{item_id}:{token.hex}".encode()


def _opened(cipher: AESGCM, item_id: int, token: UUID, sealed: bytes) -> VoteChoice:
    try:
        plain = cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], _bound_to(item_id, token))
        return CODES[plain[0]]
    except (InvalidTag, IndexError, ValueError) as wrong:
        raise KeyLost from wrong

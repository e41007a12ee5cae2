"""Verification codes: short enough to type from paper, too many to guess."""

import hmac

from django.conf import settings

# No letters or digits that are mistaken for one another, Latin only.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12
_LOOKALIKES = str.maketrans("АВЕКМНРСТХУОоOоIl1L", "ABEKMHPCTXY0000JJJJ")


def code_of(*content: object) -> str:
    """«7KQM-2XAB-94TZ»: 30¹² possibilities, to be known only by the secret of the installation.

    The same content has the same code, even where it is printed before its row could be written (core.journal).
    """
    said = "\0".join(map(str, content)).encode()
    number = int.from_bytes(hmac.digest(settings.SECRET_KEY.encode(), b"document\0" + said, "sha256"))
    letters = "".join(ALPHABET[number // len(ALPHABET) ** place % len(ALPHABET)] for place in range(LENGTH))
    return "-".join(letters[start : start + 4] for start in range(0, LENGTH, 4))


def normalised(typed: str) -> str:
    """What was typed, as the register writes it: any case, spaces or dashes, Cyrillic look-alikes."""
    letters = "".join(char for char in typed.upper().translate(_LOOKALIKES) if char.isalnum())
    return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))

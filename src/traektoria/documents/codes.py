"""Verification codes: short enough to type from paper, too many to guess."""

import secrets

# No letters or digits that are mistaken for one another, Latin only.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12
_LOOKALIKES = str.maketrans("АВЕКМНРСТХУОоOоIl1L", "ABEKMHPCTXY0000JJJJ")


def new_code() -> str:
    """«7KQM-2XAB-94TZ»: 30¹² possibilities."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return "-".join(letters[start : start + 4] for start in range(0, LENGTH, 4))


def normalised(typed: str) -> str:
    """What was typed, as the register writes it: any case, spaces or dashes, Cyrillic look-alikes."""
    letters = "".join(char for char in typed.upper().translate(_LOOKALIKES) if char.isalnum())
    return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))

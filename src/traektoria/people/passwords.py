"""Logins and first passwords that can be read aloud over the telephone."""

import re
import secrets

from django.contrib.auth.hashers import PBKDF2PasswordHasher, get_hasher, make_password

from traektoria.people.models import Account, Person

#: No 0/o, 1/l/i: they sound and look alike. 30 letters, 12 of them: 58 bits.
LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
_CYRILLIC = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
_SOUNDS = "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya".replace("-", "").split(" ")
_LATIN = dict(zip(_CYRILLIC, _SOUNDS, strict=True))


def new_password() -> str:
    """«k7mp-3hrw-e4zd»."""
    return "-".join("".join(secrets.choice(LETTERS) for _place in range(4)) for _part in range(3))


class _MadeHere(PBKDF2PasswordHasher):
    """Fewer rounds: 58 random bits need none to hold, and a whole district gets its passwords while one waits. The
    first sign-in hashes anew with the usual number."""

    iterations = 20_000


def hashed(password: str) -> str:
    """The hash of a password that was made here, never of one that a person thought of."""
    usual = get_hasher()
    if isinstance(usual, PBKDF2PasswordHasher) and usual.iterations > _MadeHere.iterations:
        return _MadeHere().encode(password, usual.salt())
    return make_password(password)


def free_login(person: Person) -> str:
    """«ivanova.mp», with a number where it is taken."""
    initials = "".join(part[0] for part in (person.given, person.patronymic) if part)
    base = f"{_latin(person.surname) or 'user'}.{_latin(initials)}".strip(".")[:140]
    taken = set(Account.objects.filter(username__istartswith=base).values_list("username", flat=True))
    taken = {login.lower() for login in taken}
    return next(
        login for number in range(1, len(taken) + 2) if (login := f"{base}{number if number > 1 else ''}") not in taken
    )


def _latin(text: str) -> str:
    return re.sub(r"[^a-z0-9-]", "", "".join(_LATIN.get(letter, letter) for letter in text.casefold()))

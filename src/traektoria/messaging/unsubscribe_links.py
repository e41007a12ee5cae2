"""A link that switches letters of some kinds off for one person: signed, it needs no sign-in and tells nothing."""

from collections.abc import Iterable

from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext as _

from traektoria.core.errors import Invalid

SALT = "messaging.unsubscribe"


def link(person_id: int, kinds: Iterable[str], site: str) -> str:
    """It does not grow old: a letter may be opened years later."""
    code = signing.dumps([person_id, *kinds], salt=SALT)
    return site + reverse("messaging:unsubscribe", args=[code])


def read(code: str) -> tuple[int, list[str]]:
    """The person and the kinds. Raises ``Invalid``."""
    try:
        person_id, *slugs = signing.loads(code, salt=SALT)
    except (signing.BadSignature, TypeError, ValueError) as bad:
        raise Invalid(_("This link is not whole. Open it from the letter once more."), code="bad_link") from bad
    return int(person_id), [str(slug) for slug in slugs]

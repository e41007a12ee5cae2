"""The key by which badges of this installation are signed; all keys that it ever had are published."""

import hmac
from typing import Any

from django.conf import settings

from traektoria.engines.badges import public_key
from traektoria.events.certificates.models import BadgeKey


def seed() -> bytes:
    """32 bytes that follow from the secret of the installation: kept in no file and in no backup."""
    return hmac.digest(settings.SECRET_KEY.encode(), b"traektoria open badges", "sha256")


def keep_key() -> None:
    """The public half stays in the database, so that after a restore with another secret old badges are verified
    still. Inside the transaction of an issue; once is enough."""
    key = public_key(seed())
    BadgeKey.objects.get_or_create(kid=key["kid"], defaults={"x": key["x"]})


def published() -> list[dict[str, Any]]:
    """As JWKs, the one of now first. One query."""
    now = public_key(seed())
    old = BadgeKey.objects.exclude(kid=now["kid"]).order_by("-pk").values_list("kid", "x")
    common = {key: now[key] for key in ("kty", "crv", "alg", "use")}
    return [now, *({**common, "kid": kid, "x": x} for kid, x in old)]

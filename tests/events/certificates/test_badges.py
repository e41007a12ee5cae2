"""Open Badges: verified here by hand, with nothing of the library that signed."""

import base64
import json
from copy import deepcopy
from datetime import datetime
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings
from django.test import Client
from lxml import etree

from tests.events.certificate_factories import SIGNED, SITE, background, ended, issued
from tests.events.certificates.badge_shape import SHAPES, faults_of, parts_of
from tests.events.event_factories import rules
from tests.routes.route_factories import actor
from tests.world import World
from traektoria.core.errors import Invalid
from traektoria.events.certificates.actions.backgrounds import retire_background
from traektoria.events.certificates.actions.changing import revise_certificate
from traektoria.events.certificates.issue_files import file_of
from traektoria.events.models import BadgeKey, Certificate

pytestmark = pytest.mark.django_db
NAMESPACE = "{https://purl.imsglobal.org/ob/v3p0}"


@pytest.fixture
def certificate(world: World) -> Certificate:
    rules(world)
    return next(row for row in issued(world, ended(world)) if row.kind == "participant")


def raw(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def verified(token: str, keys: list[dict[str, str]]) -> dict[str, Any]:
    """The credential, where one of the published keys has signed it. RFC 7515, RFC 8037."""
    head, body, signature = token.split(".")
    assert json.loads(raw(head))["alg"] == "EdDSA"
    assert json.loads(raw(head))["jwk"]["x"] in {key["x"] for key in keys}
    for key in keys:
        try:
            Ed25519PublicKey.from_public_bytes(raw(key["x"])).verify(raw(signature), f"{head}.{body}".encode())
        except InvalidSignature:
            continue
        return json.loads(raw(body))  # type: ignore[no-any-return]
    raise AssertionError("no published key has signed it")


def test_a_badge_is_verified_by_the_published_key(
    world: World, as_: Any, certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also after a restore with another secret; not when a sign of it was changed."""
    picture = as_("teacher").get(f"/events/certificates/{certificate.pk}/badge.svg").content
    [carrier] = etree.fromstring(picture).iter(f"{NAMESPACE}credential")
    token = carrier.get("verify")
    assert as_("teacher").get(f"/events/certificates/{certificate.pk}/badge.jwt").content.decode() == token
    monkeypatch.setattr(settings, "SECRET_KEY", "another secret of a restored installation")
    keys = Client().get("/events/badges/keys.json").json()["keys"]
    assert len(keys) == 2
    credential = verified(token, keys)
    assert credential["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert credential["issuer"]["id"] == f"{SITE}/events/badges/{world.own.pk}/"
    subject = credential["credentialSubject"]
    assert subject["achievement"]["name"] == certificate.title
    assert subject["identifier"][0]["identityHash"] == certificate.name
    head, body, signature = token.split(".")
    with pytest.raises(AssertionError, match="signed"):
        verified(f"{head}.{body[:-2]}AA.{signature}", keys)


def test_a_badge_is_shaped_as_its_vocabulary_says(as_: Any, certificate: Certificate) -> None:
    """By the published facts of Open Badges 3.0, each part; and each fact is asked for."""
    token = as_("teacher").get(f"/events/certificates/{certificate.pk}/badge.jwt").content.decode()
    credential = verified(token, Client().get("/events/badges/keys.json").json()["keys"])
    assert faults_of(credential) == []
    assert {name for name, _part in parts_of(credential)} == SHAPES.keys()
    assert (credential["iss"], credential["jti"]) == (credential["issuer"]["id"], credential["id"])
    assert credential["nbf"] == int(datetime.fromisoformat(credential["validFrom"]).timestamp())
    for name, _part in parts_of(credential):
        for key in SHAPES[name].required:
            broken = deepcopy(credential)
            for other, part in parts_of(broken):
                if other == name:
                    part.pop(key)
                    break
            assert f"{name}: no {key}" in faults_of(broken)
    profile = Client().get(f"/events/badges/{certificate.centre_id}/").json()
    assert SHAPES["issuer"].required <= profile.keys()
    assert profile["id"].partition("/events/")[2] == credential["issuer"]["id"].partition("/events/")[2]


def test_what_is_not_in_force_is_published(world: World, as_: Any, certificate: Certificate) -> None:
    address = f"/events/badges/{world.own.pk}/"
    token = as_("teacher").get(f"/events/certificates/{certificate.pk}/badge.jwt").content.decode()
    credential = verified(token, Client().get("/events/badges/keys.json").json()["keys"])
    assert credential["credentialStatus"]["id"] == f"{SITE}{address}revoked.json"
    assert Client().get(f"{address}revoked.json").json()["revokedCredential"] == []
    assert Client().get(address).json()["type"] == ["Profile"]
    new = revise_certificate(row=certificate, reason="Опечатка", signed=SIGNED, site=SITE, by=actor(world, "tutor"))
    [gone] = Client().get(f"{address}revoked.json").json()["revokedCredential"]
    assert gone["id"] == credential["id"]
    assert certificate.code not in json.dumps(credential["id"])
    assert as_("teacher").get(f"/events/certificates/{certificate.pk}/badge.svg").status_code == 409
    assert as_("teacher").get(f"/events/certificates/{new.pk}/badge.svg").status_code == 200
    assert Client().get(f"/events/badges/{world.foreign.pk}/").status_code == 404
    assert BadgeKey.objects.count() == 1


def test_a_background_is_drawn_anew_and_an_issue_keeps_its_own(world: World) -> None:
    rules(world)
    kept = background(world, form="PDF")
    assert background(world, form="PDF") == kept, "the same picture is kept once"
    row = issued(world, ended(world), background=kept)[0]
    before = file_of(row)
    assert b"/Image" in before
    newer = background(world, color="#101010", form="JPEG")
    retire_background(row=kept, by=actor(world, "coordinator"))
    row.refresh_from_db()
    assert (row.background, newer.number) == (kept, 2)
    assert file_of(row) == before
    with pytest.raises(Invalid, match="фон"):
        issued(world, ended(world, title="Другое"), background=kept)


@pytest.mark.parametrize(
    ("picture", "why"),
    [
        ({"size": (877, 1240)}, "лежит"),
        ({"size": (40, 4000), "form": "PDF"}, "лежит"),
        ({"size": (900, 636)}, "1200"),
        ({"form": "GIF"}, "PNG"),
    ],
)
def test_what_is_no_background_is_refused_with_what_to_do(world: World, picture: dict[str, Any], why: str) -> None:
    with pytest.raises(Invalid, match=why):
        background(world, **picture)

"""Consents are records of their own: given once, with the text that was read, withdrawn without being erased."""

import pytest

from tests.factories import make_account
from tests.world import World
from traektoria.core.errors import Refused
from traektoria.people.actor import actor_of
from traektoria.people.consents import consent_in_force, consent_text, give_consent, withdraw_consent
from traektoria.people.enums import ConsentKind
from traektoria.people.models import Consent

KIND = ConsentKind.REGISTER


def test_given_once_with_its_text_and_withdrawn(world: World) -> None:
    me, centre = actor_of(world.accounts["tutor"]), world.own
    given = give_consent(centre=centre, kind=KIND, by=me)
    assert give_consent(centre=centre, kind=KIND, by=me) == given
    assert (given.text, consent_in_force(me.person_id or 0, centre.pk, KIND)) == (consent_text(KIND, centre), given)
    assert withdraw_consent(centre=centre, kind=KIND, by=me) == given
    assert withdraw_consent(centre=centre, kind=KIND, by=me) is None
    assert give_consent(centre=centre, kind=KIND, by=me) != given
    assert Consent.objects.count() == 2


def test_an_account_without_a_person_consents_to_nothing(world: World) -> None:
    nobody = actor_of(make_account())
    with pytest.raises(Refused):
        give_consent(centre=world.own, kind=KIND, by=nobody)


def test_the_text_names_who_keeps_the_data(world: World) -> None:
    assert all(world.own.name in consent_text(kind, world.own) for kind in (ConsentKind.NOMINATION, KIND))

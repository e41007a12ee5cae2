"""A centre created at a school asks for the other schools too, unless it serves that one alone."""

import pytest
from django.test import Client

from tests.factories import make_centre, make_employment, make_member, make_person, make_school
from traektoria.people.enums import Role

pytestmark = pytest.mark.django_db


def desk_of(*, alone: bool, others: int) -> str:
    centre = make_centre()
    schools = [make_school(centre) for _number in range(1 + others)]
    centre.base_school = schools[0]
    centre.school = schools[0] if alone else None
    centre.save()
    for school in schools:
        make_employment(make_person(), school)
    client = Client()
    client.force_login(make_member(centre, Role.COORDINATOR), backend="django.contrib.auth.backends.ModelBackend")
    return client.get("/").content.decode().replace("\xa0", " ")


@pytest.mark.parametrize(("alone", "others", "asks"), [(False, 0, True), (False, 1, False), (True, 0, False)])
def test_desk_asks_for_the_schools_that_the_centre_serves(alone: bool, others: int, asks: bool) -> None:
    assert ("Загрузите школы района" in desk_of(alone=alone, others=others)) is asks

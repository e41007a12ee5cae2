"""The sheet of participants on paper: names, schools, a place to sign, empty rows."""

import pytest

from tests.documents.test_card import squeezed
from tests.documents.test_papers import client_of, taken
from tests.events.enrolment_factories import more_teachers, registered
from tests.events.event_factories import announced, rules
from tests.routes.need_factories import person
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_the_sheet_has_all_who_are_registered_and_empty_rows(world: World, form: str) -> None:
    rules(world)
    more_teachers(world, "third")
    event = announced(world)
    for name in ("teacher", "third"):
        registered(world, event, name)
    text = taken(client_of(world.accounts["tutor"]), "event_sheet", event.dates.get().pk, form)
    for words in ("ЛИСТ РЕГИСТРАЦИИ", "Проценты без страха", "методкабинет", "Подпись", "14"):
        assert squeezed(words) in text, words
    for name in ("teacher", "third"):
        assert squeezed(person(world, name).full_name) in text
    assert squeezed(world.school.name) in text

"""The five systems: a centre founded from each preset leads to a tutor by its own regulation, by HTTP only."""

from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache

from tests.acceptance import systems
from tests.acceptance.systems import Founded, founded
from tests.acceptance.walker import Walker
from tests.documents.test_card import squeezed
from tests.papers import words_of
from traektoria.organisations.regulations.contents import rules_of
from traektoria.tutors.models import StatusTerm, TutorStatus
from traektoria.tutors.statuses.enums import BasisKind, StatusState

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture(autouse=True)
def _own_keys(tmp_path: Path, settings: Any) -> None:
    settings.BALLOTS = tmp_path
    cache.clear()  # sign-ins are counted there


def regulation_is_read(centre: Founded) -> None:
    """On the page and as a «Положение»."""
    rules = rules_of(systems.in_force(centre))
    by = centre.candidate.open("/centre/regulation/")
    assert " ".join(rules.about.title.split()) in by.text
    paper = words_of(by.take("Положение центра, DOCX"), "docx")
    assert squeezed(rules.status.name) in paper


def stands_in_the_list(centre: Founded) -> None:
    """The colleague is a tutor for everybody of the centre, and for strangers after consenting to it."""
    name, me = centre.candidate_person.full_name, centre.candidate
    assert name in centre.coordinator.open("/tutors/").text
    register = f"/tutors/register/{centre.centre.pk}/"
    assert name not in Walker().open(register).text
    me.open("/tutors/").follow("Мой статус").press("Даю согласие")
    assert name in Walker().open(register).text


@pytest.mark.parametrize("preset", ["gelendzhik", "kushchevskaya", "tbilisskaya"])
def test_community(preset: str) -> None:
    centre = founded(preset)
    regulation_is_read(centre)
    systems.enter(centre)
    stands_in_the_list(centre)


def test_yamal() -> None:
    centre = founded("yamal")
    regulation_is_read(centre)
    secretary = systems.vote(centre)
    assert "протокол подписан" in secretary.text
    for form in ("docx", "pdf"):
        protocol_says(words_of(secretary.take(f"Протокол заседания, {form.upper()}"), form))
    candidate = centre.candidate.open("/").follow("Прочитать")
    assert "Опыт подтверждён" in candidate.text
    extract = words_of(candidate.take("Выписка из протокола, DOCX"), "docx")
    assert DECIDED in extract
    assert "Поимённо" not in extract
    stands_in_the_list(centre)
    assert StatusTerm.objects.get().basis == BasisKind.DECISION


DECIDED = "РЕШИЛИ:присвоитьстатус«Тьютор»ИвановойМарииПетровне"
SAID = (
    "Членовкомиссиисправомголоса—5,присутствовали—4,длякворуманужно—3:кворумимеется",
    "УченовПётр(вкомандировке)",
    "открытоеголосование):«за»—3,«против»—1,«воздержались»—0",
    "Поимённо",
    DECIDED,
    "Обоснование:Опытподтверждён",
    "Малооткрытыхуроков",
)


def protocol_says(protocol: str) -> None:
    """Votes by name, quorum, decision, dissenting opinion."""
    assert [words for words in SAID if words not in protocol] == []


def test_balta() -> None:
    centre = founded("balta")
    regulation_is_read(centre)
    head = systems.order(centre)
    for form in ("docx", "pdf"):
        order_says(words_of(head.take(f"Приказ, {form.upper()}"), form))
    centre.candidate.open("/").follow("Прочитать").press("Подтвердить ознакомление")
    assert "подписан, тьютор ознакомлен" in centre.candidate.text
    stands_in_the_list(centre)
    systems.release(centre, head)
    released = words_of(head.take("Приказ, DOCX"), "docx")
    assert "ОсвободитьИвановуМариюПетровну,учителяматематики,отобязанностейтьютора" in released
    assert TutorStatus.objects.get().state == StatusState.ENDED
    assert centre.candidate_person.full_name not in Walker().open(f"/tutors/register/{centre.centre.pk}/").text


def order_says(order: str) -> None:
    """Number, day, declined names, duties; nothing of the standard of tutors of children."""
    said = ("ПРИКАЗ", "12к", "ИвановуМариюПетровну,учителяматематики,тьютором", "Поручить", "Основание")
    assert [words for words in said if words not in order] == []
    assert "53н" not in order

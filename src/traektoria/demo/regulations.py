"""The home centre's regulation has a past and a future: a first version, the one in force, a draft."""

from datetime import date, timedelta
from typing import Any, Final

from django.utils import timezone

from traektoria.demo.people import Population, year_of
from traektoria.organisations.enums import RegulationState
from traektoria.organisations.models import Regulation
from traektoria.organisations.regulations.actions import begin_draft
from traektoria.organisations.regulations.contents import content_of, preset
from traektoria.people.actor import Actor

OWN_KIND: Final = {
    "slug": "own_young_teachers",
    "title": "Условия для молодых педагогов",
    "what": "Есть ли у молодых педагогов наставник, план и время для встреч.",
    "who": "Тьюторы, методисты центра",
    "every": "half_year",
}


def lay_regulations(population: Population, coordinator: Actor) -> None:
    """By the first version heads agreed routes too and nobody audited; since this school year they do not, and schools
    are audited; the coordinator writes on."""
    first = Regulation.objects.get(centre=population.centre)
    first.content = {
        **first.content,
        "support": {**first.content["support"], "agreed_by": ["teacher", "tutor", "head"], "teachers_at_once": 8},
    }
    first.save(update_fields=["content"])
    autumn = date(year_of(population.today), 9, 1)
    Regulation.objects.create(
        centre=population.centre,
        number=2,
        state=RegulationState.APPROVED,
        preset="yamal",
        content={**content_of(preset("yamal")), "audits": _audits()},
        start=min(autumn, population.today),
        basis=f"приказ управления образования администрации Приреченского района от 27.08.{autumn.year} № 203",
        reason="Маршрут согласуют учитель и тьютор: путь до начала работы стал короче. Введены аудиты школ.",
        approved_at=timezone.now() - timedelta(days=max(1, (population.today - autumn).days)),
    )
    draft = begin_draft(centre=population.centre, by=coordinator)
    status = draft.content["status"]
    draft.content = {**draft.content, "status": {**status, "commission": {**status["commission"], "secret": True}}}
    draft.reason = "Голосование сделать тайным"
    draft.save(update_fields=["content", "reason"])


def _audits() -> list[dict[str, Any]]:
    """Those of the consultation point that audits, and one that this centre has thought of itself."""
    found: list[dict[str, Any]] = content_of(preset("tbilisskaya"))["audits"]
    return [*found, {**found[-1], **OWN_KIND}]

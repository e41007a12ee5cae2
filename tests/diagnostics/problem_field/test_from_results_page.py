"""The button on the page of a dataset."""

from typing import Any

import pytest
from django.utils import timezone

from tests.results.samples import make_dataset
from tests.world import World
from traektoria.desk.waiting import lines_of
from traektoria.diagnostics.models import Hypothesis
from traektoria.people.actor import actor_of
from traektoria.results.actions import map_rest

pytestmark = pytest.mark.django_db


def test_the_page_of_a_dataset_offers_to_propose_and_a_second_press_adds_nothing(world: World, as_: Any) -> None:
    outcome, client = make_dataset(world.own), as_("coordinator")
    dataset = outcome.dataset
    url = f"/diagnostics/datasets/{dataset.pk}/propose/"
    assert url not in client.get(f"/results/{dataset.pk}/").content.decode(), "schools of the file wait for a word"
    map_rest(centre=world.own, codes=list(outcome.unknown), by=None)
    assert url in client.get(f"/results/{dataset.pk}/").content.decode()
    assert url not in as_("head").get(f"/results/{dataset.pk}/").content.decode()
    answer = client.post(url, follow=True)
    assert "1 учителя" in answer.content.decode()
    proposed = Hypothesis.objects.count()
    client.post(url)
    assert Hypothesis.objects.count() == proposed


def test_the_desk_names_files_that_nobody_has_used(world: World, as_: Any) -> None:
    def lines() -> list[str]:
        found = lines_of(by, timezone.localdate())
        return [line.url for line in found if line.url == f"/results/{dataset.pk}/"]

    outcome, by = make_dataset(world.own), actor_of(world.accounts["coordinator"])
    dataset = outcome.dataset
    assert lines() == []
    map_rest(centre=world.own, codes=list(outcome.unknown), by=None)
    assert lines() == [f"/results/{dataset.pk}/"]
    as_("coordinator").post(f"/diagnostics/datasets/{dataset.pk}/propose/")
    assert lines() == []

"""Every place that takes a picture refuses one that unpacks into too much, before anything unpacks it."""

import base64
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.engines.test_pixels import gif, jpeg, lossless, png, riff
from tests.world import World
from traektoria.core.errors import Invalid
from traektoria.core.figures import MEGABYTE
from traektoria.core.files import check_file
from traektoria.diagnostics.bank.forms.pictures import hold
from traektoria.diagnostics.items.question_problems import problem_sentence
from traektoria.engines.questionbanks import read
from traektoria.people.actor import actor_of

BOMBS = {
    "a.png": png(50_000, 50_000),
    "a.jpg": jpeg(60_000, 60_000),
    "a.webp": riff((b"VP8L", lossless(16_000, 16_000))),
    "a.gif": gif(1, 1, (60_000, 60_000)),
}
SMALL = png(30, 20)


@pytest.mark.parametrize("name", sorted(BOMBS.keys() - {"a.gif"}))
def test_as_evidence(name: str) -> None:
    with pytest.raises(Invalid) as refusal:
        check_file(io.BytesIO(BOMBS[name]), name, len(BOMBS[name]), MEGABYTE)
    assert refusal.value.code == "too_many_pixels"
    assert check_file(io.BytesIO(SMALL), "a.png", len(SMALL), MEGABYTE).kind == "png"


@pytest.mark.parametrize("name", sorted(BOMBS))
def test_into_an_item(world: World, name: str) -> None:
    by = actor_of(world.accounts["coordinator"])
    with pytest.raises(Invalid) as refusal:
        hold(SimpleUploadedFile(name, BOMBS[name]), "Точка", set(), centre_id=world.own.pk, by=by)
    assert refusal.value.code == "too_many_pixels"
    assert hold(SimpleUploadedFile("b.png", SMALL), "Точка", set(), centre_id=world.own.pk, by=by).name == "b.png"


@pytest.mark.parametrize("name", sorted(BOMBS))
def test_with_a_file_of_questions(name: str) -> None:
    coded = base64.b64encode(BOMBS[name]).decode()
    xml = (
        '<?xml version="1.0"?><quiz><question type="essay"><name><text>1</text></name><questiontext format="html">'
        f'<text><![CDATA[<img src="@@PLUGINFILE@@/{name}">Что это?]]></text>'
        f'<file name="{name}" encoding="base64">{coded}</file></questiontext></question></quiz>'
    )
    bank = read(xml.encode(), "a.xml")
    assert not any(question.pictures for question in bank.questions)
    (said,) = [problem for problem in bank.problems if problem.code == "too_many_pixels"]
    assert name in problem_sentence(said)

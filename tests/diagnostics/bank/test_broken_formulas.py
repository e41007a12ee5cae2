"""Formulas that no reader likes: shown as far as they go, refused where they are saved, never the page's end."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from tests.diagnostics.campaign_factories import CONTENTS
from tests.diagnostics.sitting_factories import make_scene
from tests.factories import make_centre, make_member
from traektoria.core.boxes import sentence
from traektoria.core.errors import Invalid
from traektoria.diagnostics.bank.actions.items import add_item
from traektoria.diagnostics.bank.file_preview import read_file
from traektoria.diagnostics.items.checks import texts_of
from traektoria.diagnostics.items.content import content_of
from traektoria.diagnostics.items.item_view import ask
from traektoria.diagnostics.items.question_problems import problem_sentence
from traektoria.diagnostics.models import Answer, ItemVersion
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import Actor, actor_of
from traektoria.people.enums import Role

ONCE_BROKE = [r"\left. x \right|", r"\begin{matrix} a & \\ & b \end{matrix}", "x^{}", r"\vec{}", r"\text{}", "{}"]
REFUSED = [r"\foo", r"\text{}", r"\def\a{\a\a}\a", r"\sqrt{" * 60 + "x" + "}" * 60]


_MARKS = re.compile(r"[{}=~#:\\]")


def _keeper(centre: TutorCentre) -> Actor:
    return actor_of(make_member(centre, Role.COORDINATOR))


@pytest.mark.django_db
@pytest.mark.parametrize("tex", ONCE_BROKE + REFUSED)
def test_stored_formula_takes_no_sitting_with_it(client: Any, tex: str) -> None:
    scene = make_scene(kinds=("single", "short"))
    version = scene.rows[0].item_version
    version.content = {**version.content, "text": rf"Решите \({tex}\)", "text_format": "markdown"}
    version.save()
    client.force_login(scene.account, backend="django.contrib.auth.backends.ModelBackend")
    assert "Столица России?" in client.get(reverse("diagnostics:sitting", args=[scene.sitting.token])).text


@pytest.mark.django_db
def test_unreadable_task_keeps_its_number_and_takes_no_answer(client: Any) -> None:
    scene = make_scene(kinds=("single", "short", "single"))
    ItemVersion.objects.filter(pk=scene.rows[0].item_version_id).update(content={"kind": "single", "options": 7})
    Answer.objects.create(sitting=scene.sitting, form_item=scene.rows[2], value={"choice": 99})
    client.force_login(scene.account, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("diagnostics:sitting", args=[scene.sitting.token])).text
    assert str(sentence()) in page
    assert 'data-number="3"' in page
    sent = client.post(reverse("diagnostics:sitting_answer", args=[scene.sitting.token]), {"item": scene.rows[0].pk})
    assert sent.status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize("tex", REFUSED)
def test_saving_names_the_formula(tex: str) -> None:
    centre = make_centre()
    content = content_of({**CONTENTS["short"], "text": rf"Чему равно \({tex}\)?"})
    with pytest.raises(Invalid) as refused:
        add_item(centre=centre, content=content, max_score=Decimal(1), fields={}, by=_keeper(centre))
    assert tex[:20] in refused.value.sentence


@pytest.mark.django_db
def test_import_leaves_out_the_one_question_and_names_its_formula() -> None:
    formulas = [_MARKS.sub(r"\\\g<0>", tex) for tex in ["x^2", *ONCE_BROKE, *REFUSED]]
    gift = "\n\n".join(rf"Чему равно \\({tex}\\)? {{=1 ~2}}" for tex in formulas)
    reading = read_file(gift.encode(), "a.gift", make_centre())
    assert len(reading.lines) >= 3
    left_out = [problem_sentence(one) for one in reading.refused if one.code == "formula"]
    assert len(left_out) >= 3
    assert any(r"\foo" in words for words in left_out)


@pytest.mark.parametrize("kind", sorted(CONTENTS))
def test_every_text_that_is_shown_is_looked_at(kind: str) -> None:
    """A new kind, or a new text of a kind: whatever is drawn with formulas is checked for them."""
    content = content_of(CONTENTS[kind])
    known = {text for _place, text in texts_of(content)}
    asked = ask(content, prefix="i1")
    assert {content.text, *(one.text for one in asked.choices), *(one.text for one in asked.rows)} <= known

"""A person's own answers to a work with what was right, shown after the closing where the instrument allows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.safestring import SafeString

from traektoria.diagnostics.instruments.composition import composition_of
from traektoria.diagnostics.instruments.form_view import Presented, RightAnswer, pictures_for, presented, right_answers
from traektoria.diagnostics.instruments.settings import settings_from
from traektoria.diagnostics.items.markup import Pictures, shown
from traektoria.diagnostics.sittings.models import Answer, Sitting


@dataclass(frozen=True)
class OwnAnswer:
    """A task with the answer in its fields, the points and the key. ``points`` is None where nobody judged it."""

    presented: Presented
    right: RightAnswer | None
    points: Decimal | None
    feedback: SafeString

    @property
    def most(self) -> Decimal:
        return self.presented.row.points

    @property
    def is_full(self) -> bool:
        return self.points is not None and self.points >= self.most


def may_be_shown(sitting: Sitting) -> bool:
    """The instrument says whether answers are shown."""
    return settings_from(sitting.part.version.settings).show_answers


def own_answers(sitting: Sitting) -> Sequence[OwnAnswer]:
    """The tasks of the person's form in order."""
    parts = composition_of(sitting.part.version).forms
    part = next((one for one in parts if one.form == sitting.form), None)
    if part is None:
        return []
    answers = {str(one.form_item_id): one for one in Answer.objects.filter(sitting=sitting)}
    values = {pk: one.value for pk, one in answers.items()}
    pictures = pictures_for(part.rows)
    rights = {one.row.form_item.pk: one for one in right_answers(part, pictures)}
    asked = presented(part, values, pictures=pictures, disabled=True)
    return [_own(one, rights.get(one.row.form_item.pk), answers, pictures[one.row.item.pk]) for one in asked]


def _own(one: Presented, right: RightAnswer | None, answers: dict[str, Answer], pictures: Pictures) -> OwnAnswer:
    answer = answers.get(str(one.row.form_item.pk))
    content = one.row.content
    feedback = shown(content.feedback, content.text_format, pictures) if content.feedback else SafeString("")
    return OwnAnswer(one, right, answer.score if answer else None, feedback)

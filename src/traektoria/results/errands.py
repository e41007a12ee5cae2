"""Long work of the room: a large file of results is read and imported by the worker."""

import hashlib
from typing import Any, Final
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy

from traektoria.core.errands import Doing, Shown, ask
from traektoria.core.errors import Invalid
from traektoria.core.models import Errand
from traektoria.core.registries import ErrandKind, errand_kinds
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import Actor
from traektoria.results import receipts, waiting_files
from traektoria.results.actions import import_file
from traektoria.results.permissions import check_keeps
from traektoria.results.policies import AlreadyImported
from traektoria.results.receipts import Receipt
from traektoria.results.refusals import AnswersNeeded

IMPORT: Final = "results.import"
LIGHT_BYTES: Final = 50_000
"""The form of one school."""


def ask_to_import(content: bytes, filename: str, *, centre: TutorCentre, by: Actor, **answered: Any) -> Errand:
    """``answered``: ``token`` of the kept file and ``answers``, where a person said what the file does not."""
    facts = {"centre": centre.pk, "name": filename, "sha256": hashlib.sha256(content).hexdigest(), **answered}
    return ask(IMPORT, facts, by=by, centre_id=centre.pk, source=content)


def check(actor: Actor, facts: dict[str, Any]) -> None:
    check_keeps(actor, TutorCentre.objects.get(pk=facts["centre"]))


def load(doing: Doing) -> Shown:
    """The dataset with its weak tasks, or what is asked of the file. Done a second time, it finds what the first has
    imported. Raises ``Invalid`` for what cannot be read."""
    centre, name = TutorCentre.objects.get(pk=doing.facts["centre"]), doing.facts["name"]
    token, content = doing.facts.get("token"), doing.source()
    if token is None:
        return _shown(receipts.receive(content, name, centre=centre, by=doing.actor))
    try:
        receipt = _answered(doing, centre, content)
    except AnswersNeeded as needed:
        waiting_files.note_asked(UUID(token), needed.told)
        return Shown(reverse("results:upload_answer", args=[token]), needed.sentence, asks=True)
    waiting_files.forget(UUID(token))
    return _shown(receipt)


def _answered(doing: Doing, centre: TutorCentre, content: bytes) -> Receipt:
    name, answers = doing.facts["name"], doing.facts["answers"]
    try:
        outcome = import_file(centre=centre, content=content, filename=name, by=doing.actor, answers=answers)
    except AlreadyImported as known:
        return Receipt(name, "known", known.sentence, known.dataset.pk)
    return receipts.imported(name, outcome)


def _shown(receipt: Receipt) -> Shown:
    if receipt.outcome == "refused":
        raise Invalid(receipt.sentence)
    words = f"«{receipt.filename}». {receipt.sentence}"
    if receipt.outcome == "asks":
        return Shown(reverse("results:upload_answer", args=[receipt.token]), receipt.sentence, asks=True)
    if receipt.dataset is None:
        return Shown(reverse("results:dataset_list"), words)
    return Shown(reverse("results:dataset_detail", args=[receipt.dataset]), words)


errand_kinds.add(ErrandKind(IMPORT, 30, gettext_lazy("Loading a file of results"), LIGHT_BYTES, check, load))

"""What is written without a word (``RowWriter.insert``) is told by its action, or nobody waits for its making."""

import re

from django.apps import apps
from django.db.models import Model
from django.db.models.signals import post_save

from tests.choosing import SOURCES
from traektoria.consultations.bookings.models import Booking
from traektoria.core.ledgers import ledgers
from traektoria.events.enrolment.models import Enrolment

#: Their actions call ``renew_new``, which asks all sources of the model itself.
RENEWED = (Booking, Enrolment)
#: Who listens and is not told, with why it need not hear of what is new.
WITHOUT_A_WORD = {
    "waiting events.enrolments events.seat": "a seat is written with its registration, which is told at the end",
    "engagements events.enrolments events.seat": "the same",
    "waiting events.tutorial_closing events.enrolment": "one registers for what is announced: none of it is closed",
    "waiting events.self_work_check events.enrolment": "who registers for the first time has handed in nothing",
}
WRITER = re.compile(r"(\w+)(?:: Final)? = (?:.*, )?RowWriter\((\w+)\)")


def written_unheard() -> set[type[Model]]:
    texts = [file.read_text(encoding="utf-8") for file in SOURCES.rglob("*.py")]
    writers = {found for text in texts for found in WRITER.findall(text)}
    names = {model for name, model in writers if any(re.search(rf"\b{name}\.insert", text) for text in texts)}
    return {model for model in apps.get_models() if model.__name__ in names}


def test_nobody_waits_for_what_is_written_without_a_word() -> None:
    models = written_unheard()
    assert set(RENEWED) < models
    senders = {id(model) for model in models}
    heard = {str(key[0]) for key, *_rest in post_save.receivers if key[1] in senders}
    told = {
        f"{ledger.slug} {source.slug} {model._meta.label_lower}"
        for ledger in ledgers
        for source in ledger.sources
        for model in RENEWED
        if source.model is model
    }
    assert heard - told == WITHOUT_A_WORD.keys()

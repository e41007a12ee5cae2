"""Letters: written down in the transaction of what they tell of, sent after it by the worker.

A letter waits as its kind and a few facts; its text, with whatever secret link, is composed at the moment of sending by
the room that registered the kind, so that the database holds no link and no answer waits for a mail server. What could
not be sent is tried again with growing pauses for a day.
"""

import logging
from datetime import timedelta
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db.models import F
from django.utils import timezone
from django_tasks import task

from traektoria.core.models import Letter
from traektoria.core.registries import letter_kinds
from traektoria.core.tasks import ask_for

NOWHERE = ("console.EmailBackend", "dummy.EmailBackend")
GIVEN_UP = timedelta(days=1)
"""A letter that could not be sent for so long is not sent any more: its news are old."""
KEPT = timedelta(days=30)
log = logging.getLogger(__name__)


def mail_goes_out() -> bool:
    """False where letters reach nobody: mail is not set up (``TRAEKTORIA_MAIL_HOST``)."""
    return not settings.EMAIL_BACKEND.endswith(NOWHERE)


def post_letter(kind: str, *, to: str, site: str = "", **facts: Any) -> None:
    """Write a letter down, to be sent after the commit. Nothing where mail is not set up or ``to`` is empty."""
    if to and mail_goes_out():
        Letter.objects.create(kind=kind, to=to, site=site, facts=facts)
        ask_for(send_letters)


class LettersNotSent(Exception):
    """The mail server did not take some letters: they are tried again."""


def check_sent(failed: int) -> None:
    """Raises ``LettersNotSent``, for a task: the administrator sees that it has trouble."""
    if failed:
        raise LettersNotSent


@task()
def send_letters() -> None:
    """What waits goes out."""
    if mail_goes_out():
        _sent_now, failed = send_waiting()
        check_sent(failed)


def send_waiting() -> tuple[int, int]:
    """Send every letter that is due; returns how many were sent and how many could not be."""
    now = timezone.now()
    Letter.objects.filter(done_at=None, made_at__lt=now - GIVEN_UP, tries__gt=0).update(done_at=now)
    Letter.objects.filter(done_at__lt=now - KEPT).delete()
    fates = [_sent(letter) for letter in Letter.objects.filter(done_at=None, due_at__lte=now) if _claimed(letter)]
    return fates.count(True), fates.count(False)


def _claimed(letter: Letter) -> bool:
    """Of several processes one sends it; should that one die, it is due again after the pause."""
    pause = timedelta(minutes=min(2**letter.tries, 60))
    mine = Letter.objects.filter(pk=letter.pk, done_at=None, tries=letter.tries)
    return bool(mine.update(tries=F("tries") + 1, due_at=timezone.now() + pause))


def _sent(letter: Letter) -> bool:
    """Whether it is off the list. The log names no address."""
    kind = letter_kinds.get(letter.kind)
    written = kind.compose(letter) if kind else None
    try:
        if written:
            send_mail(*written, None, [letter.to])
    except (OSError, SMTPException) as trouble:
        log.warning("Letter %s (%s) could not be sent: %s", letter.pk, letter.kind, type(trouble).__name__)
        return False
    Letter.objects.filter(pk=letter.pk).update(done_at=timezone.now())
    return True

"""Ways by which a letter leaves the house. Mail is one; another is a class with the same three methods (ADR 0040)."""

import logging
from dataclasses import dataclass, field
from email.mime.text import MIMEText
from enum import StrEnum
from smtplib import (
    SMTPDataError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)
from typing import Protocol

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from traektoria.messaging.enums import UnsentReason

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Attachment:
    """A file for a calendar; ``method`` says what the calendar is to do with it (RFC 5546)."""

    name: str
    text: str
    method: str


@dataclass(frozen=True)
class Parcel:
    """A letter as it goes: ``key`` is the same at each try, so that a letter that came twice is known as one."""

    key: str
    to: str
    subject: str
    text: str
    html: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    attachments: tuple[Attachment, ...] = ()


class Outcome(StrEnum):
    """``LATER``: to be tried again. ``REFUSED``: never to be tried again."""

    DELIVERED = "delivered"
    LATER = "later"
    REFUSED = "refused"


@dataclass(frozen=True)
class Fate:
    """What became of a parcel. ``bad_address``: it is the address that is refused, with the server's ``code``."""

    outcome: Outcome
    reason: UnsentReason = UnsentReason.NONE
    bad_address: bool = False
    code: str = ""


class ChannelDown(Exception):
    """Nobody answers at the other end: nothing is tried now."""


class Channel(Protocol):
    """One line a run: opened once, closed at the end. ``deliver`` says the fate, and raises ``ChannelDown`` alone."""

    def open(self) -> None: ...

    def deliver(self, parcel: Parcel) -> Fate: ...

    def close(self) -> None: ...


DELIVERED = Fate(Outcome.DELIVERED)


class Mail:
    """SMTP, or whatever Django's mail backend is."""

    def __init__(self) -> None:
        self._line: BaseEmailBackend | None = None

    def open(self) -> None:
        if self._line is not None:
            return
        line = get_connection()
        try:
            line.open()
        except (OSError, SMTPException) as trouble:
            log.warning("The mail server does not answer: %s", type(trouble).__name__)
            raise ChannelDown from trouble
        self._line = line

    def deliver(self, parcel: Parcel) -> Fate:
        self.open()
        headers = {"Message-ID": parcel.key, "Auto-Submitted": "auto-generated", **parcel.headers}
        letter = EmailMultiAlternatives(
            parcel.subject, parcel.text, None, [parcel.to], headers=headers, connection=self._line
        )
        if parcel.html:
            letter.attach_alternative(parcel.html, "text/html")
        for attachment in parcel.attachments:
            letter.attach(_part(attachment))
        try:
            letter.send()
        except (OSError, SMTPException) as trouble:
            fate = fate_of(trouble)
            if fate.reason == UnsentReason.BROKEN_OFF:
                self.close()
            return fate
        return DELIVERED

    def close(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            try:
                line.close()
            except (OSError, SMTPException) as trouble:
                log.info("The line to the mail server was closed already: %s", type(trouble).__name__)


def _part(attachment: Attachment) -> MIMEText:
    part = MIMEText(attachment.text, "calendar", "utf-8")
    part.set_param("method", attachment.method)
    part.add_header("Content-Disposition", "attachment", filename=attachment.name)
    return part


def fate_of(trouble: OSError | SMTPException) -> Fate:
    """What the server's answer means (RFC 5321, RFC 3463): 4xx is «later»; 5xx to the recipient is of the address, but
    for policy (5.7) and a full box (5.2.2); 5xx to the sender is of our own set-up and is tried again until somebody
    mends it; 5xx to the content is of this letter."""
    match trouble:
        case SMTPRecipientsRefused():
            code, said = next(iter(trouble.recipients.values()))
            return _of_recipient(code, _words(said))
        case SMTPDataError() if trouble.smtp_code >= 500:
            return Fate(Outcome.REFUSED, UnsentReason.BAD_LETTER, code=str(trouble.smtp_code))
        case SMTPServerDisconnected():
            return Fate(Outcome.LATER, UnsentReason.BROKEN_OFF)
        case SMTPSenderRefused() | SMTPResponseException():
            return Fate(Outcome.LATER, UnsentReason.BROKEN_OFF if trouble.smtp_code == 421 else UnsentReason.LATER)
    return Fate(Outcome.LATER, UnsentReason.BROKEN_OFF)


def _of_recipient(code: int, said: str) -> Fate:
    if code < 500 or said.startswith(("5.7.", "5.2.2", "5.3.", "5.4.")):
        return Fate(Outcome.LATER, UnsentReason.BROKEN_OFF if code == 421 else UnsentReason.LATER)
    enhanced = said.split(" ", 1)[0] if said.startswith("5.") else ""
    return Fate(Outcome.REFUSED, UnsentReason.BAD_ADDRESS, bad_address=True, code=f"{code} {enhanced}".strip()[:16])


def _words(said: bytes | str) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else said

"""How letters go, from the environment: with ``TRAEKTORIA_MAIL_HOST`` by SMTP; without it there are none: a link
that is printed into a log opens an account to whoever reads the log."""

from dataclasses import dataclass

from traektoria.config import env

NOWHERE = "django.core.mail.backends.dummy.EmailBackend"
SMTP = "django.core.mail.backends.smtp.EmailBackend"
RELAY, SUBMISSION, SUBMISSION_SSL = 25, 587, 465


@dataclass(frozen=True)
class Mail:
    """What Django's ``EMAIL_*`` are made of. ``starttls`` and ``ssl`` are never both true."""

    backend: str
    host: str
    port: int
    user: str
    password: str
    starttls: bool
    ssl: bool
    sender: str


def read_mail() -> Mail:
    """A connection to a named host is encrypted unless ``TRAEKTORIA_MAIL_TLS=0``; on port 465 from its first byte.

    Raises ``WrongSetting`` for a port that is no number or a flag that is neither 1 nor 0.
    """
    host, user = env.text("TRAEKTORIA_MAIL_HOST", "").strip(), env.text("TRAEKTORIA_MAIL_USER", "")
    encrypted = env.flag("TRAEKTORIA_MAIL_TLS", bool(host))
    port = env.number("TRAEKTORIA_MAIL_PORT", SUBMISSION if encrypted else RELAY)
    return Mail(
        backend=env.text("TRAEKTORIA_MAIL", SMTP if host else NOWHERE),
        host=host or "localhost",
        port=port,
        user=user,
        password=env.text("TRAEKTORIA_MAIL_PASSWORD", ""),
        starttls=encrypted and port != SUBMISSION_SSL,
        ssl=encrypted and port == SUBMISSION_SSL,
        sender=env.text("TRAEKTORIA_MAIL_FROM", "") or (user if "@" in user else "traektoria@localhost"),
    )

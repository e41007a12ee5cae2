"""Whether this installation sends letters at all."""

from django.conf import settings

NOWHERE = ("console.EmailBackend", "dummy.EmailBackend")


def mail_goes_out() -> bool:
    """False where letters reach nobody: mail is not set up (``TRAEKTORIA_MAIL_HOST``)."""
    return not settings.EMAIL_BACKEND.endswith(NOWHERE)

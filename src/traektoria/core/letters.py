"""Whether letters of this installation reach anybody."""

from django.conf import settings

NOWHERE = ("console.EmailBackend", "dummy.EmailBackend")


def mail_goes_out() -> bool:
    """False where letters are only printed: mail is not set up (``TRAEKTORIA_MAIL_HOST``)."""
    return not settings.EMAIL_BACKEND.endswith(NOWHERE)

"""Each night what waits is compared with what the rooms say, mended, and said to the administrator."""

from django_tasks import task

from traektoria.core import audit, waiting
from traektoria.core.models import Installation, Waiting

MENDED = "waiting.mended"


@task()
def mend_what_waits() -> int:
    """How many rows differed. Side effects where any did: an audit event, a line on the administrator's desk. A table
    that was empty was not wrong: the installation is new, or older than the table."""
    was_empty = not Waiting.objects.exists()
    found = waiting.mend()
    installation = Installation.objects.first()
    if found and not was_empty and installation is not None:
        audit.record(MENDED, installation, by=None, rows=len(found))
        waiting.renew(installation)
    return len(found)

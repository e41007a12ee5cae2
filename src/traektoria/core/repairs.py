"""Each night what waits and what is fixed in time is compared with what the rooms say, mended, and said to the
administrator."""

from django_tasks import task

from traektoria.core import audit
from traektoria.core.ledgers import ledgers, mend, renew
from traektoria.core.models import Installation

MENDED = "waiting.mended"


@task()
def mend_what_waits() -> int:
    """How many rows differed. Side effects where any did: an audit event, a line on the administrator's desk. A table
    that was empty was not wrong: the installation is new, or older than the table."""
    were_empty = {ledger.slug for ledger in ledgers if not ledger.table.objects.exists()}
    found = mend()
    wrong = sum(one.table not in were_empty for one in found)
    installation = Installation.objects.first()
    if wrong and installation is not None:
        audit.record(MENDED, installation, by=None, rows=wrong)
        renew(installation)
    return len(found)

"""What a test asks of ``core.Waiting``: the lines of a person, and whether all rows stand as the rooms say."""

from datetime import date

from django.utils import timezone

from traektoria.core.registries import DeskLine
from traektoria.core.waiting import differences
from traektoria.desk.waiting import lines_of
from traektoria.people.actor import Actor


def lines_for(actor: Actor, today: date | None = None, kinds: str = "") -> list[DeskLine]:
    """What waits for the person; ``kinds``: only those whose slug begins so."""
    return lines_of(actor, today or timezone.localdate(), kinds)


def what_differs() -> list[str]:
    return [str(one) for one in differences()]

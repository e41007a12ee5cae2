"""What is known of a vote while it goes on: that its ballots can be counted, never how they are."""

from traektoria.tutors.commission import secrecy
from traektoria.tutors.commission.models import AgendaItem


def countable(item: AgendaItem) -> bool:
    """Whether the ballots of a secret vote open and are as many as the voters; an open one always is."""
    if not item.secret:
        return True
    try:
        found = secrecy.count(item.pk, item.sealed.values_list("token", "sealed"))
    except secrecy.KeyLost:
        return False
    return sum(found.values()) == item.votes.count()

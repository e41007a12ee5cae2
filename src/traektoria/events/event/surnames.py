"""People of the centre by their surnames: whoever may come to its events, teachers or not."""

from collections.abc import Collection

from traektoria.consultations.requests.queries import attendees
from traektoria.events.event.policies import LEADERS


def by_surnames(text: str, centre_id: int, chosen: Collection[int] = ()) -> set[int]:
    """One query. Raises ``Invalid`` with those who may be meant."""
    return attendees.by_surnames(text, centre_id, chosen, roles=LEADERS)


def namesakes(text: str, centre_id: int) -> list[tuple[int, str]]:
    """Choices for a form. One query, none where nothing was typed."""
    return attendees.namesakes(text, centre_id, roles=LEADERS)


def people_near(name: str, centre_id: int) -> list[attendees.Teacher]:
    """Whom the words of one name may mean, in any form: to be asked of, not to be taken for. One query."""
    return attendees.people_near(name, centre_id, roles=LEADERS)

"""Who gives something to a tutor and who takes the tutor's right away wait for each other."""

from traektoria.people.enums import Role
from traektoria.people.models import RoleAssignment
from traektoria.tutors.statuses.models import TutorStatus


def hold_tutor(person_id: int, centre_id: int) -> None:
    """Lock what the person is a tutor of the centre by, status then role, until the end of the transaction: before
    ``may_take_teachers`` is asked, and before what the tutor is given is locked. Whoever ends the role locks it first
    too, and then settles what waits for the tutor."""
    own = {"person": person_id, "centre": centre_id}
    for rows in (TutorStatus.objects.filter(**own), RoleAssignment.objects.filter(role=Role.TUTOR, **own)):
        list(rows.select_for_update(of=("self",), no_key=True).order_by("pk").values_list("pk"))

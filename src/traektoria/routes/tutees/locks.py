"""The row of a support, locked first, so that double presses and races meet."""

from traektoria.routes.tutees.models import TutorSupport


def locked_support(support: TutorSupport) -> TutorSupport:
    """The support as it is now, its row locked until the end of the transaction."""
    return TutorSupport.objects.select_for_update(of=("self",), no_key=True).get(pk=support.pk)

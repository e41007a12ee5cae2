"""An order waits for a signature, then to be read."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from traektoria.core.registries import DeskGroup, Wait, Waited, WaitingKind, WaitingSource, Words
from traektoria.core.waiting import waits
from traektoria.people import addressees
from traektoria.people.enums import Role
from traektoria.tutors.orders.enums import OrderState
from traektoria.tutors.orders.models import StaffOrder

SIGN, READ = "tutors.order_sign", "tutors.order_read"


def of_orders(orders: QuerySet[StaffOrder]) -> Iterator[Wait]:
    """One query."""
    unread = Q(state=OrderState.SIGNED, acquainted_at__isnull=True)
    for order in orders.filter(Q(state=OrderState.DRAFT) | unread).select_related("centre"):
        centre = order.centre
        if order.state == OrderState.SIGNED:
            yield Wait(READ, addressees.holder(Role.TUTOR, centre.pk, order.person_id), order, centre.pk)
            continue
        to = [addressees.of_centre(Role.COORDINATOR, centre.pk)]
        to += [addressees.heads_of(centre.pk, centre.school_id)] if centre.school_id else []
        for each in to:
            yield Wait(SIGN, each, order, centre.pk, not_for=(order.person_id,))


def sign(row: Waited) -> Words:
    what = ngettext("%(n)s order waits to be signed", "%(n)s orders wait to be signed", row.number)
    only = reverse("tutors:order_detail", args=[row.object_id])
    return Words(
        what % {"n": row.number}, row.centre, only if row.number == 1 else reverse("tutors:order_list"), _("Open")
    )


def read(row: Waited) -> Words:
    url = reverse("tutors:order_detail", args=[row.object_id])
    return Words(_("Read the order and mark that you have read it"), row.centre, url, _("Read"))


waits(
    WaitingSource(
        slug="tutors.orders",
        order=9,
        model=StaffOrder,
        rows=of_orders,
        kinds=(
            WaitingKind(READ, 9, DeskGroup.TODAY, read),
            WaitingKind(SIGN, 9, DeskGroup.TODAY, sign, sums=True),
        ),
    )
)

"""The booking of a slot, how it was moved; who waits for a slot, and what was offered to whom."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from traektoria.consultations.bookings.enums import LIVE, BookingState, Said, WishState
from traektoria.consultations.requests.models import ConsultationRequest
from traektoria.consultations.slots.models import Slot
from traektoria.organisations.models import School, TutorCentre
from traektoria.people.enums import Subject
from traektoria.people.models import Person
from traektoria.routes.models import RouteItem


class WaitingWish(models.Model):
    """A place in the waiting list of a centre: for a tutor, a subject or any, in some days. ``since`` decides whose
    turn it is; who gives a place back begins anew. ``served_by``: by which booking, so that whom the centre takes the
    place away waits again since then."""

    centre = models.ForeignKey(TutorCentre, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="waiting_wishes")
    tutor = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    subject = models.CharField(_("subject"), max_length=20, choices=Subject.choices, blank=True)
    first_day = models.DateField(_("from"))
    last_day = models.DateField(_("to"))
    topic = models.CharField(_("topic"), max_length=200, blank=True)
    since = models.DateTimeField(_("waits since"))
    state = models.CharField(_("state"), max_length=10, choices=WishState.choices, default=WishState.WAITS)
    served_by = models.ForeignKey(
        "consultations.Booking", on_delete=models.SET_NULL, null=True, blank=True, related_name="served"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("place in the waiting list")
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=models.F("first_day")), name="wish_has_days"),
        ]
        indexes = [models.Index(fields=["centre", "state", "since"], name="wish_by_centre")]
        ordering = ["since", "pk"]

    def __str__(self) -> str:
        return str(self.person)


class Booking(models.Model):
    """A numbered place of a slot for one teacher. Asked for and offered ones hold a place too.

    ``school`` is set where the school booked it, or asked for it. ``request`` and ``item`` are what it serves. A moved
    booking is the same row, with its earlier times as ``moves``. ``leave_asked_at``: who is booked asks to be let go
    after the term.
    """

    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="bookings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="bookings")
    seat = models.PositiveSmallIntegerField(_("place"))
    state = models.CharField(_("state"), max_length=12, choices=BookingState.choices)
    booked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    school = models.ForeignKey(School, on_delete=models.PROTECT, null=True, blank=True, related_name="bookings")
    request = models.ForeignKey(
        ConsultationRequest, on_delete=models.PROTECT, null=True, blank=True, related_name="bookings"
    )
    item = models.ForeignKey(RouteItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="bookings")
    wish = models.ForeignKey(WaitingWish, on_delete=models.PROTECT, null=True, blank=True, related_name="bookings")
    topic = models.CharField(_("topic"), max_length=200, blank=True)
    offer_until = models.DateTimeField(_("offered until"), null=True, blank=True)
    leave_asked_at = models.DateTimeField(_("asked to be let go"), null=True, blank=True)
    leave_why = models.CharField(_("why"), max_length=300, blank=True)
    why = models.CharField(_("why cancelled"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("booked"), auto_now_add=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    class Meta:
        verbose_name = _("booking")
        constraints = [
            models.UniqueConstraint(fields=["slot", "seat"], condition=Q(state__in=LIVE), name="place_of_a_slot_once"),
            models.UniqueConstraint(fields=["slot", "person"], condition=Q(state__in=LIVE), name="person_once_in_slot"),
            models.CheckConstraint(condition=Q(seat__gte=1), name="places_count_from_one"),
            models.CheckConstraint(
                condition=~Q(state=BookingState.OFFERED) | Q(offer_until__isnull=False), name="offer_has_its_end"
            ),
        ]
        indexes = [models.Index(fields=["person", "state"], name="booking_by_person")]
        ordering = ["slot__start", "seat", "pk"]

    def __str__(self) -> str:
        return str(self.person)

    @property
    def centre(self) -> TutorCentre:
        return self.slot.centre

    @property
    def centre_id(self) -> int:
        return self.slot.centre_id


class BookingMove(models.Model):
    """When and where a booking was before it was moved: never edited. A move of its date is one too; ``by`` is then who
    moved the date, or nobody: whoever counts a person's own moves looks at it."""

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="moves")
    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="+")
    start = models.DateTimeField()
    end = models.DateTimeField()
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.reason


class QueueLine(models.Model):
    """What was decided of a freed place: offered to whom, or why not. Never edited; ``person`` empty: of everybody."""

    slot = models.ForeignKey(Slot, on_delete=models.CASCADE, related_name="queue_lines")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    said = models.CharField(_("what was decided"), max_length=12, choices=Said.choices)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.said

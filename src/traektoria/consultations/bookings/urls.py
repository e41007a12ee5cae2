from django.urls import path

from traektoria.consultations.bookings.views import bookings, free_slots

urlpatterns = [
    path("bookings/", bookings.booking_list, name="booking_list"),
    path("bookings/free/", free_slots.booking_free, name="booking_free"),
    path("bookings/slot/<int:pk>/new/", free_slots.booking_new, name="booking_new"),
    path("bookings/wait/", free_slots.wish_new, name="wish_new"),
    path("bookings/wait/<int:pk>/leave/", free_slots.wish_leave, name="wish_leave"),
    path("bookings/slot/<int:pk>/", bookings.slot_bookings, name="slot_bookings"),
    path("bookings/<int:pk>/", bookings.booking_detail, name="booking_detail"),
    path("bookings/<int:pk>/confirm/", bookings.booking_confirm, name="booking_confirm"),
    path("bookings/<int:pk>/refuse/", bookings.booking_refuse, name="booking_refuse"),
    path("bookings/<int:pk>/cancel/", bookings.booking_cancel, name="booking_cancel"),
    path("bookings/<int:pk>/ask-off/", bookings.booking_ask_off, name="booking_ask_off"),
    path("bookings/<int:pk>/answer-off/", bookings.booking_answer_off, name="booking_answer_off"),
    path("bookings/<int:pk>/move/", bookings.booking_move, name="booking_move"),
    path("bookings/<int:pk>/outcome/", bookings.booking_outcome, name="booking_outcome"),
    path("bookings/<int:pk>/take/", bookings.booking_take, name="booking_take"),
    path("bookings/<int:pk>/pass/", bookings.booking_pass, name="booking_pass"),
]

from django.urls import path

from traektoria.consultations.hours.views import hours

urlpatterns = [
    path("hours/", hours.hour_list, name="hour_list"),
    path("hours/new/", hours.hour_new, name="hour_new"),
    path("hours/<int:pk>/", hours.hour_detail, name="hour_detail"),
    path("hours/<int:pk>/edit/", hours.hour_edit, name="hour_edit"),
    path("hours/<int:pk>/withdraw/", hours.hour_withdraw, name="hour_withdraw"),
    path("hours/<int:pk>/feedback/", hours.hour_feedback, name="hour_feedback"),
]

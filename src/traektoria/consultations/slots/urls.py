from django.urls import path

from traektoria.consultations.slots.views import dates, hours

urlpatterns = [
    path("mine/", dates.my_hours, name="my_hours"),
    path("help/", hours.help_list, name="help_list"),
    path("help/new/", hours.help_new, name="help_new"),
    path("help/<int:pk>/", hours.help_detail, name="help_detail"),
    path("help/<int:pk>/end/", hours.help_end, name="help_end"),
    path("help/dates/<int:pk>/", dates.date_detail, name="date_detail"),
    path("help/dates/<int:pk>/edit/", dates.date_edit, name="date_edit"),
    path("help/dates/<int:pk>/drop/", dates.date_drop, name="date_drop"),
    path("help/dates/<int:pk>/move/", dates.date_move, name="date_move"),
    path("help/dates/<int:pk>/restore/", dates.date_restore, name="date_restore"),
]

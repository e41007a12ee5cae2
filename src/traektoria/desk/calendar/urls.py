from django.urls import path

from traektoria.desk.calendar import views

urlpatterns = [
    path("calendar/", views.calendar, name="calendar"),
    path("calendar/<slug:span>/", views.calendar_span, name="calendar_span"),
]

"""Addresses under /centre/."""

from django.urls import include, path, re_path

from traektoria.organisations import views

app_name = "organisations"
urlpatterns = [
    path("", views.centre, name="centre"),
    path("regulation/", include("traektoria.organisations.regulations.urls")),
    path("settings/", views.centre_settings, name="centre_settings"),
    path("schools/", views.school_list, name="school_list"),
    path("schools/new/", views.school_new, name="school_new"),
    path("schools/<int:pk>/", views.school_edit, name="school_edit"),
    path("schools/import/", views.schools_import, name="schools_import"),
    re_path(r"^schools/import/template\.(?P<kind>xlsx|csv)$", views.schools_template, name="schools_template"),
    path("schools/import/<uuid:token>/", views.schools_import_check, name="schools_import_check"),
    path("lists/", include("traektoria.organisations.lists.urls")),
    path("calendar/", views.calendar, name="calendar"),
    path("calendar/<int:start_year>/load/", views.calendar_load, name="calendar_load"),
    path("calendar/new/", views.period_new, name="period_new"),
    path("calendar/periods/<int:pk>/", views.period_edit, name="period_edit"),
    path("calendar/periods/<int:pk>/delete/", views.period_delete, name="period_delete"),
]

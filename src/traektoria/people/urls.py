"""Addresses under /people/."""

from django.urls import path, re_path

from traektoria.people import own_views, staff_views, views

app_name = "people"
urlpatterns = [
    path("", views.person_list, name="person_list"),
    path("new/", views.person_new, name="person_new"),
    path("<int:pk>/", views.person_detail, name="person_detail"),
    path("<int:pk>/edit/", views.person_edit, name="person_edit"),
    path("<int:pk>/work/new/", views.employment_new, name="employment_new"),
    path("work/<int:pk>/", views.employment_edit, name="employment_edit"),
    path("<int:pk>/roles/new/", views.role_assign, name="role_assign"),
    path("roles/<int:pk>/end/", views.role_end, name="role_end"),
    path("<int:pk>/password/", views.password_give, name="password_give"),
    path("<int:pk>/erasure/answered/", views.erasure_answer, name="erasure_answer"),
    path("schools/<int:pk>/passwords/", staff_views.passwords_give, name="passwords_give"),
    path("import/", staff_views.staff_import, name="staff_import"),
    re_path(r"^import/template\.(?P<kind>xlsx|csv)$", staff_views.staff_template, name="staff_template"),
    path("import/<uuid:token>/", staff_views.staff_import_check, name="staff_import_check"),
    re_path(r"^staff\.(?P<kind>xlsx|csv)$", staff_views.staff_export, name="staff_export"),
    path("me/", own_views.my_data, name="my_data"),
    path("me/export/", own_views.my_data_export, name="my_data_export"),
    path("me/erasure/", own_views.erasure_request, name="erasure_request"),
]

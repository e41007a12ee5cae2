"""Addresses under /people/."""

from django.urls import path, re_path

from traektoria.people import account_views, founding_views, own_views, staff_views, views

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
    path("<int:pk>/address/again/", views.address_trust, name="address_trust"),
    path("<int:pk>/erasure/answered/", views.erasure_answer, name="erasure_answer"),
    path("passwords/", staff_views.first_passwords, name="first_passwords"),
    path("passwords/give/", staff_views.passwords_give, name="passwords_give"),
    path("import/", staff_views.staff_import, name="staff_import"),
    re_path(r"^import/template\.(?P<kind>xlsx|csv)$", staff_views.staff_template, name="staff_template"),
    path("import/<uuid:token>/", staff_views.staff_import_check, name="staff_import_check"),
    re_path(r"^staff\.(?P<kind>xlsx|csv)$", staff_views.staff_export, name="staff_export"),
    path("centres/", founding_views.centre_list, name="centre_list"),
    path("centres/new/", founding_views.centre_new, name="centre_new"),
    path("centres/new/check/", founding_views.centre_check, name="centre_check"),
    path("centres/new/forget/", founding_views.centre_forget, name="centre_forget"),
    path("centres/new/<slug:step>/", founding_views.centre_step, name="centre_step"),
    path("me/", own_views.my_data, name="my_data"),
    path("me/export/", own_views.my_data_export, name="my_data_export"),
    path("me/address/", account_views.address_change, name="address_change"),
    path("me/address/<str:code>/", account_views.address_confirm, name="address_confirm"),
    path("me/password/", account_views.own_hand_page, name="own_hand"),
    path("me/password/<str:code>/", account_views.own_hand_shown, name="own_hand_shown"),
    path("<int:pk>/password/confirm/", account_views.hand_confirm, name="hand_confirm"),
    path("me/erasure/", own_views.erasure_request, name="erasure_request"),
]

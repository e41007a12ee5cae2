"""Addresses under /centre/regulation/."""

from django.urls import path

from traektoria.organisations.regulations import editor_views, sample_views, views

urlpatterns = [
    path("", views.regulation_detail, name="regulation_detail"),
    path("versions/", views.regulation_versions, name="regulation_versions"),
    path("compare/", views.regulation_compare, name="regulation_compare"),
    path("begin/", views.regulation_begin, name="regulation_begin"),
    path("samples/<slug:name>/", sample_views.regulation_sample, name="regulation_sample"),
    path("<int:pk>/", views.regulation_version, name="regulation_version"),
    path("<int:pk>/against/<int:old>/", views.regulation_difference, name="regulation_difference"),
    path("<int:pk>/change/<str:clause>/", editor_views.regulation_change, name="regulation_change"),
    path("<int:pk>/draft/", views.regulation_draft, name="regulation_draft"),
    path("<int:pk>/draft/approve/", views.regulation_approve, name="regulation_approve"),
    path("<int:pk>/draft/discard/", views.regulation_discard, name="regulation_discard"),
    path("<int:pk>/draft/restart/", views.regulation_restart, name="regulation_restart"),
    path("<int:pk>/draft/criteria/", editor_views.regulation_criteria, name="regulation_criteria"),
    path("<int:pk>/draft/criteria/new/", editor_views.regulation_criterion_new, name="regulation_criterion_new"),
    path(
        "<int:pk>/draft/criteria/<slug:slug>/", editor_views.regulation_criterion_edit, name="regulation_criterion_edit"
    ),
    path(
        "<int:pk>/draft/criteria/<slug:slug>/change/",
        editor_views.regulation_criterion_change,
        name="regulation_criterion_change",
    ),
    path("<int:pk>/draft/<slug:section>/", editor_views.regulation_section, name="regulation_section"),
]

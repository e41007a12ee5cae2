from django.urls import path

from traektoria.diagnostics.instruments.views import blueprint, form_items, instruments, printing, versions

urlpatterns = [
    path("instruments/", instruments.instrument_list, name="instrument_list"),
    path("instruments/new/", instruments.instrument_new, name="instrument_new"),
    path("instruments/<int:pk>/", instruments.instrument_detail, name="instrument_detail"),
    path("instruments/<int:pk>/edit/", instruments.instrument_edit, name="instrument_edit"),
    path("instruments/<int:pk>/copy/", instruments.instrument_copy, name="instrument_copy"),
    path("instruments/<int:pk>/renew/", instruments.instrument_renew, name="instrument_renew"),
    path("instruments/<int:pk>/archive/", instruments.instrument_archive, name="instrument_archive"),
    path("instruments/versions/<int:pk>/", versions.version_detail, name="version_detail"),
    path("instruments/versions/<int:pk>/publish/", versions.version_publish, name="version_publish"),
    path("instruments/versions/<int:pk>/discard/", versions.version_discard, name="version_discard"),
    path("instruments/versions/<int:pk>/settings/", versions.version_settings, name="version_settings"),
    path("instruments/versions/<int:pk>/difference/", versions.version_difference, name="version_difference"),
    path("instruments/versions/<int:pk>/pick/", form_items.version_pick, name="version_pick"),
    path("instruments/versions/<int:pk>/statements/", form_items.version_statements, name="version_statements"),
    path("instruments/versions/<int:pk>/questions/", form_items.version_questions, name="version_questions"),
    path("instruments/versions/<int:pk>/plan/", blueprint.version_blueprint, name="version_blueprint"),
    path("instruments/versions/<int:pk>/preview/", printing.version_preview, name="version_preview"),
    path("instruments/versions/<int:pk>/print/", printing.version_print, name="version_print"),
    path("instruments/items/<int:pk>/move/", form_items.form_item_move, name="form_item_move"),
    path("instruments/items/<int:pk>/remove/", form_items.form_item_remove, name="form_item_remove"),
    path("instruments/items/<int:pk>/swap/", form_items.form_item_swap, name="form_item_swap"),
]

from django.urls import path

from traektoria.diagnostics.bank.views import editor, files
from traektoria.diagnostics.bank.views import items as views

urlpatterns = [
    path("bank/", views.bank_list, name="bank_list"),
    path("bank/import/", files.bank_import, name="bank_import"),
    path("bank/import/<uuid:token>/", files.bank_import_check, name="bank_import_check"),
    path("bank/template.xlsx", files.bank_template, name="bank_template"),
    path("bank/export/", files.bank_export, name="bank_export"),
    path("bank/export/<str:kind>/", files.bank_export_file, name="bank_export_file"),
    path("bank/new/", editor.bank_new, name="bank_new"),
    path("bank/new/<slug:kind>/", editor.bank_add, name="bank_add"),
    path("bank/<int:pk>/", views.bank_item, name="bank_item"),
    path("bank/<int:pk>/edit/", editor.bank_edit, name="bank_edit"),
    path("bank/<int:pk>/versions/<int:number>/", views.bank_version, name="bank_version"),
    path("bank/<int:pk>/archive/", views.bank_archive, name="bank_archive"),
    path("bank/<int:pk>/restore/", views.bank_restore, name="bank_restore"),
    path("bank/<int:pk>/copy/", views.bank_copy, name="bank_copy"),
    path("bank/pictures/<int:pk>/", views.bank_picture, name="bank_picture"),
    path("pictures/<int:pk>/", views.item_picture, name="item_picture"),
]

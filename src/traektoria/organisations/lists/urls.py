from django.urls import path

from traektoria.organisations.lists import views

urlpatterns = [
    path("", views.list_list, name="list_list"),
    path("new/", views.list_new, name="list_new"),
    path("template.xlsx", views.list_template, name="list_template"),
    path("check/<uuid:token>/", views.list_check, name="list_check"),
    path("<int:pk>/", views.list_edit, name="list_edit"),
    path("<int:pk>/remove/", views.list_remove, name="list_remove"),
]

"""Addresses under /results/."""

from django.urls import path

from traektoria.results import upload_views, views

app_name = "results"
urlpatterns = [
    path("", views.dataset_list, name="dataset_list"),
    path("upload/", upload_views.upload, name="upload"),
    path("upload/<uuid:token>/", upload_views.upload_answer, name="upload_answer"),
    path("schools/", views.schools_map, name="schools_map"),
    path("specifications/", views.specification_upload, name="specification_upload"),
    path("<int:pk>/", views.dataset_detail, name="dataset_detail"),
    path("<int:pk>/scale/", views.scale_enter, name="scale_enter"),
    path("<int:pk>/scale/take-back/", views.scale_take_back, name="scale_take_back"),
    path("<int:pk>/table.xlsx", views.table_export, name="table_export"),
    path("<int:pk>/tasks/<int:position>/", views.task_detail, name="task_detail"),
    path("<int:pk>/remarks/", views.dataset_dirt, name="dataset_dirt"),
    path("<int:pk>/remarks.xlsx", views.dirt_export, name="dirt_export"),
    path("<int:pk>/delete/", views.dataset_delete, name="dataset_delete"),
]

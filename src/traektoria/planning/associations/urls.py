from django.urls import path

from traektoria.planning.associations import views

urlpatterns = [
    path("associations/", views.association_list, name="association_list"),
    path("associations/new/", views.association_new, name="association_new"),
    path("associations/<int:pk>/", views.association_detail, name="association_detail"),
    path("associations/<int:pk>/edit/", views.association_edit, name="association_edit"),
    path("associations/<int:pk>/close/", views.association_close, name="association_close"),
]

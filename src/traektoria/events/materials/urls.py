from django.urls import path

from traektoria.events.materials import views

urlpatterns = [
    path("<int:pk>/materials/new/", views.material_new, name="material_new"),
    path("<int:pk>/materials/<int:material>/", views.material_file, name="material_file"),
    path("<int:pk>/materials/<int:material>/remove/", views.material_remove, name="material_remove"),
]

from django.urls import path

from traektoria.routes.categories import views

urlpatterns = [
    path("categories/", views.category_list, name="category_list"),
    path("categories/<int:pk>/answer/", views.category_answer, name="category_answer"),
]

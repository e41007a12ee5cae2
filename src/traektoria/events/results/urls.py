from django.urls import path

from traektoria.events.results import views

urlpatterns = [
    path("<int:pk>/result/", views.event_result, name="event_result"),
    path("outer/<int:pk>/result/", views.announcement_result, name="announcement_result"),
    path("results/", views.my_results, name="my_results"),
    path("results/<int:pk>/file/", views.result_file, name="result_file"),
    path("results/<int:pk>/remove/", views.result_remove, name="result_remove"),
]

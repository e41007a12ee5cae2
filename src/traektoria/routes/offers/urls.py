from django.urls import path

from traektoria.routes.offers import views

urlpatterns = [
    path("needs/board/", views.need_board, name="need_board"),
    path("needs/<int:pk>/offer/", views.need_offer, name="need_offer"),
]

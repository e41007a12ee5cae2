from django.urls import path

from traektoria.diagnostics.marking import views

urlpatterns = [
    path("marking/", views.marking_list, name="marking_list"),
    path("marking/parts/<int:pk>/next/", views.marking_next, name="marking_next"),
    path("marking/<int:pk>/", views.marking_answer, name="marking_answer"),
    path("campaigns/<int:pk>/results/marking/", views.marking_progress, name="marking_progress"),
    path("campaigns/<int:pk>/results/marking/hand-out/", views.marking_hand_out, name="marking_hand_out"),
    path("campaigns/parts/<int:pk>/markers/", views.part_markers, name="part_markers"),
]

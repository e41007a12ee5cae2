from django.urls import path

from traektoria.diagnostics.paper import views as paper
from traektoria.diagnostics.sittings.views import sittings as views

urlpatterns = [
    path("sittings/<uuid:token>/", views.sitting, name="sitting"),
    path("sittings/<uuid:token>/start/", views.sitting_start, name="sitting_start"),
    path("sittings/<uuid:token>/pause/", views.sitting_pause, name="sitting_pause"),
    path("sittings/<uuid:token>/resume/", views.sitting_resume, name="sitting_resume"),
    path("sittings/<uuid:token>/answer/", views.sitting_answer, name="sitting_answer"),
    path("sittings/<uuid:token>/save/", views.sitting_save, name="sitting_save"),
    path("sittings/<uuid:token>/hand-in/", views.sitting_hand_in, name="sitting_hand_in"),
    path("sittings/<uuid:token>/picture/<int:pk>/", views.sitting_picture, name="sitting_picture"),
    path("paper/<int:pk>/", paper.paper, name="paper"),
    path("paper/<int:pk>/template.xlsx", paper.paper_template, name="paper_template"),
    path("paper/<int:pk>/import/", paper.paper_import, name="paper_import"),
    path("paper/<int:pk>/sheets/<int:sitting>/", paper.paper_entry, name="paper_entry"),
    path("paper/<int:pk>/sheets/<int:sitting>/consent/", paper.paper_consent, name="paper_consent"),
]

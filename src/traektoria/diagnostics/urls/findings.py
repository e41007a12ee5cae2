from django.urls import path

from traektoria.diagnostics.views import findings as views

urlpatterns = [
    path("sittings/<uuid:token>/feedback/", views.feedback, name="feedback"),
    path("sittings/<uuid:token>/answers/", views.feedback_answers, name="feedback_answers"),
    path("findings/<int:pk>/take/", views.finding_take, name="finding_take"),
    path("campaigns/<int:pk>/results/propose/", views.campaign_propose, name="campaign_propose"),
]

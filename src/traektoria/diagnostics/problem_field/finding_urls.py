from django.urls import path

from traektoria.diagnostics.findings.views import feedback as views
from traektoria.diagnostics.problem_field.views.campaign_findings import campaign_propose, finding_take

urlpatterns = [
    path("sittings/<uuid:token>/feedback/", views.feedback, name="feedback"),
    path("sittings/<uuid:token>/answers/", views.feedback_answers, name="feedback_answers"),
    path("findings/<int:pk>/take/", finding_take, name="finding_take"),
    path("campaigns/<int:pk>/results/propose/", campaign_propose, name="campaign_propose"),
]

from django.urls import path

from traektoria.diagnostics.problem_field.views import feedback
from traektoria.diagnostics.problem_field.views import hypotheses as views

urlpatterns = [
    path("", views.hypothesis_list, name="hypothesis_list"),
    path("add/", views.hypothesis_add, name="hypothesis_add"),
    path("<int:pk>/", views.hypothesis_detail, name="hypothesis_detail"),
    path("<int:pk>/confirm/", views.hypothesis_confirm, name="hypothesis_confirm"),
    path("<int:pk>/drop/", views.hypothesis_drop, name="hypothesis_drop"),
    path("<int:pk>/discuss/", views.hypothesis_discuss, name="hypothesis_discuss"),
    path("<int:pk>/reopen/", views.hypothesis_reopen, name="hypothesis_reopen"),
    path("<int:pk>/block/", views.hypothesis_block, name="hypothesis_block"),
    path("datasets/<int:pk>/propose/", views.dataset_propose, name="dataset_propose"),
    path("people/<int:pk>/", views.person_field, name="person_field"),
    path("people/<int:pk>/add/", views.person_hypothesis_add, name="person_hypothesis_add"),
    path("sittings/<uuid:token>/feedback/", feedback.feedback, name="feedback"),
    path("sittings/<uuid:token>/answers/", feedback.feedback_answers, name="feedback_answers"),
    path("findings/<int:pk>/take/", feedback.finding_take, name="finding_take"),
    path("campaigns/<int:pk>/results/propose/", feedback.campaign_propose, name="campaign_propose"),
]

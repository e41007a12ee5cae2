from django.urls import path

from traektoria.diagnostics.findings.views import figures as views
from traektoria.diagnostics.findings.views import topics

urlpatterns = [
    path("campaigns/<int:pk>/results/", views.campaign_results, name="campaign_results"),
    path("campaigns/<int:pk>/results/make/", views.campaign_analyse, name="campaign_analyse"),
    path("campaigns/parts/<int:pk>/results/", views.part_results, name="part_results"),
    path("campaigns/parts/<int:pk>/results.xlsx", views.part_results_xlsx, name="part_results_xlsx"),
    path("campaigns/<int:pk>/results/topics/", topics.campaign_topics, name="campaign_topics"),
    path("campaigns/<int:pk>/results/topics.xlsx", topics.campaign_topics_xlsx, name="campaign_topics_xlsx"),
]

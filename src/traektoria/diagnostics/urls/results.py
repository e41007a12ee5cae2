from django.urls import path

from traektoria.diagnostics.views import results as views

urlpatterns = [
    path("campaigns/<int:pk>/results/", views.campaign_results, name="campaign_results"),
    path("campaigns/<int:pk>/results/make/", views.campaign_analyse, name="campaign_analyse"),
    path("campaigns/parts/<int:pk>/results/", views.part_results, name="part_results"),
    path("campaigns/parts/<int:pk>/results.xlsx", views.part_results_xlsx, name="part_results_xlsx"),
]

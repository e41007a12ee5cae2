from django.urls import path

from traektoria.diagnostics.campaigns.views import campaigns as views
from traektoria.diagnostics.campaigns.views import people

urlpatterns = [
    path("campaigns/", views.campaign_list, name="campaign_list"),
    path("campaigns/new/", views.campaign_new, name="campaign_new"),
    path("campaigns/<int:pk>/edit/", views.campaign_edit, name="campaign_edit"),
    path("campaigns/<int:pk>/preview/", views.campaign_preview, name="campaign_preview"),
    path("campaigns/<int:pk>/parts/", views.campaign_part_add, name="campaign_part_add"),
    path("campaigns/<int:pk>/open/", views.campaign_open, name="campaign_open"),
    path("campaigns/<int:pk>/close/", views.campaign_close, name="campaign_close"),
    path("campaigns/<int:pk>/copy/", views.campaign_copy, name="campaign_copy"),
    path("campaigns/<int:pk>/discard/", views.campaign_discard, name="campaign_discard"),
    path("campaigns/<int:pk>/people/", people.campaign_people, name="campaign_people"),
    path("campaigns/parts/<int:pk>/", views.campaign_part_edit, name="campaign_part_edit"),
    path("campaigns/parts/<int:pk>/remove/", views.campaign_part_remove, name="campaign_part_remove"),
    path("campaigns/participants/<int:pk>/remove/", people.participant_remove, name="participant_remove"),
]

from django.urls import path

from traektoria.diagnostics.campaigns.views import campaigns as views
from traektoria.diagnostics.campaigns.views.people import campaign_people, participant_remove
from traektoria.diagnostics.sittings.views import participation as people
from traektoria.diagnostics.sittings.views import works
from traektoria.diagnostics.sittings.views.progress import campaign_detail, campaign_repeat

urlpatterns = [
    path("campaigns/", views.campaign_list, name="campaign_list"),
    path("campaigns/new/", views.campaign_new, name="campaign_new"),
    path("campaigns/<int:pk>/", campaign_detail, name="campaign_detail"),
    path("campaigns/<int:pk>/edit/", views.campaign_edit, name="campaign_edit"),
    path("campaigns/<int:pk>/preview/", views.campaign_preview, name="campaign_preview"),
    path("campaigns/<int:pk>/parts/", views.campaign_part_add, name="campaign_part_add"),
    path("campaigns/<int:pk>/open/", views.campaign_open, name="campaign_open"),
    path("campaigns/<int:pk>/close/", views.campaign_close, name="campaign_close"),
    path("campaigns/<int:pk>/copy/", views.campaign_copy, name="campaign_copy"),
    path("campaigns/<int:pk>/repeat/", campaign_repeat, name="campaign_repeat"),
    path("campaigns/<int:pk>/discard/", views.campaign_discard, name="campaign_discard"),
    path("campaigns/<int:pk>/people/", campaign_people, name="campaign_people"),
    path("campaigns/<int:pk>/participants/", people.campaign_participants, name="campaign_participants"),
    path("campaigns/<int:pk>/remind/", people.campaign_remind, name="campaign_remind"),
    path("campaigns/<int:pk>/school/", people.campaign_school, name="campaign_school"),
    path("campaigns/parts/<int:pk>/", views.campaign_part_edit, name="campaign_part_edit"),
    path("campaigns/parts/<int:pk>/remove/", views.campaign_part_remove, name="campaign_part_remove"),
    path("campaigns/participants/<int:pk>/remove/", participant_remove, name="participant_remove"),
    path("works/", works.work_list, name="work_list"),
    path("works/<int:pk>/", works.work_detail, name="work_detail"),
    path("works/<int:pk>/consent/", works.work_consent, name="work_consent"),
    path("works/<int:pk>/decline/", works.work_decline, name="work_decline"),
    path("works/<int:pk>/withdraw/", works.work_withdraw, name="work_withdraw"),
]

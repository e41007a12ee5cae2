from django.urls import path

from traektoria.diagnostics.sittings.views import participation, progress, sittings, works

urlpatterns = [
    path("sittings/<uuid:token>/", sittings.sitting, name="sitting"),
    path("sittings/<uuid:token>/start/", sittings.sitting_start, name="sitting_start"),
    path("sittings/<uuid:token>/pause/", sittings.sitting_pause, name="sitting_pause"),
    path("sittings/<uuid:token>/resume/", sittings.sitting_resume, name="sitting_resume"),
    path("sittings/<uuid:token>/answer/", sittings.sitting_answer, name="sitting_answer"),
    path("sittings/<uuid:token>/save/", sittings.sitting_save, name="sitting_save"),
    path("sittings/<uuid:token>/hand-in/", sittings.sitting_hand_in, name="sitting_hand_in"),
    path("sittings/<uuid:token>/picture/<int:pk>/", sittings.sitting_picture, name="sitting_picture"),
    path("campaigns/<int:pk>/", progress.campaign_detail, name="campaign_detail"),
    path("campaigns/<int:pk>/repeat/", progress.campaign_repeat, name="campaign_repeat"),
    path("works/", works.work_list, name="work_list"),
    path("works/<int:pk>/", works.work_detail, name="work_detail"),
    path("works/<int:pk>/consent/", works.work_consent, name="work_consent"),
    path("works/<int:pk>/decline/", works.work_decline, name="work_decline"),
    path("works/<int:pk>/withdraw/", works.work_withdraw, name="work_withdraw"),
    path("campaigns/<int:pk>/participants/", participation.campaign_participants, name="campaign_participants"),
    path("campaigns/<int:pk>/remind/", participation.campaign_remind, name="campaign_remind"),
    path("campaigns/<int:pk>/school/", participation.campaign_school, name="campaign_school"),
]

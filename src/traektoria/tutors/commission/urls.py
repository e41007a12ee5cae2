from django.urls import path

from traektoria.tutors.commission.views import composition, items, sessions

urlpatterns = [
    path("commission/", composition.commission_list, name="commission_list"),
    path("commission/new/", composition.commission_new, name="commission_new"),
    path("commission/<int:pk>/", composition.commission_detail, name="commission_detail"),
    path("commission/<int:pk>/begin/", composition.commission_begin, name="commission_begin"),
    path("commission/<int:pk>/dissolve/", composition.commission_dissolve, name="commission_dissolve"),
    path("commission/<int:pk>/members/new/", composition.commission_member_add, name="commission_member_add"),
    path("commission/members/<int:pk>/", composition.commission_member_edit, name="commission_member_edit"),
    path("commission/members/<int:pk>/leave/", composition.commission_member_leave, name="commission_member_leave"),
    path("commission/<int:pk>/sessions/new/", sessions.session_new, name="session_new"),
    path("sessions/<int:pk>/", sessions.session_detail, name="session_detail"),
    path("sessions/<int:pk>/edit/", sessions.session_edit, name="session_edit"),
    path("sessions/<int:pk>/live/", sessions.session_live, name="session_live"),
    path("sessions/<int:pk>/attendance/", sessions.session_attendance, name="session_attendance"),
    path("sessions/<int:pk>/agenda/", sessions.session_agenda_add, name="session_agenda_add"),
    path("sessions/<int:pk>/cancel/", sessions.session_cancel, name="session_cancel"),
    path("sessions/<int:pk>/do/<slug:step>/", sessions.session_step, name="session_step"),
    path("items/<int:pk>/do/<slug:step>/", items.item_step, name="item_step"),
    path("items/<int:pk>/judge/", items.item_judge, name="item_judge"),
    path("items/<int:pk>/vote/", items.item_vote, name="item_vote"),
    path("items/<int:pk>/discussion/", items.item_discussion, name="item_discussion"),
    path("items/<int:pk>/recuse/", items.item_recuse, name="item_recuse"),
    path("items/<int:pk>/decide/", items.item_decide, name="item_decide"),
    path("items/<int:pk>/postpone/", items.item_postpone, name="item_postpone"),
    path("items/<int:pk>/opinion/", items.item_opinion, name="item_opinion"),
]

from django.urls import path

from traektoria.routes.supports.views import handover, supports

urlpatterns = [
    path("", supports.support_list, name="support_list"),
    path("new/", supports.support_new, name="support_new"),
    path("<int:pk>/", supports.support_detail, name="support_detail"),
    path("<int:pk>/consent/", supports.support_consent, name="support_consent"),
    path("<int:pk>/decline/", supports.support_decline, name="support_decline"),
    path("<int:pk>/end/", supports.support_end, name="support_end"),
    path("<int:pk>/reassign/", handover.support_reassign, name="support_reassign"),
    path("<int:pk>/members/add/", handover.member_add, name="member_add"),
    path("<int:pk>/request/", supports.request_edit, name="request_edit"),
]

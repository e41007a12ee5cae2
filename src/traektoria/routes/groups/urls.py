from django.urls import path

from traektoria.routes.groups import views

urlpatterns = [
    path("groups/", views.group_suggestions, name="group_suggestions"),
    path("groups/invite/", views.group_invite, name="group_invite"),
    path("groups/<int:pk>/need/", views.group_need, name="group_need"),
    path("groups/invitations/<int:pk>/", views.group_invitation, name="group_invitation"),
    path("groups/invitations/<int:pk>/answer/", views.group_answer, name="group_answer"),
]

from django.urls import path

from traektoria.events.announcements import views

urlpatterns = [
    path("outer/", views.announcement_list, name="announcement_list"),
    path("outer/new/", views.announcement_new, name="announcement_new"),
    path("outer/<int:pk>/", views.announcement_detail, name="announcement_detail"),
    path("outer/<int:pk>/edit/", views.announcement_edit, name="announcement_edit"),
    path("outer/<int:pk>/withdraw/", views.announcement_withdraw, name="announcement_withdraw"),
]

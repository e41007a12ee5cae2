from django.urls import path

from traektoria.consultations.points.views import points

urlpatterns = [
    path("points/", points.point_list, name="point_list"),
    path("points/new/", points.point_new, name="point_new"),
    path("points/<int:pk>/", points.point_detail, name="point_detail"),
    path("points/<int:pk>/edit/", points.point_edit, name="point_edit"),
    path("points/<int:pk>/close/", points.point_close, name="point_close"),
    path("points/<int:pk>/reopen/", points.point_reopen, name="point_reopen"),
]

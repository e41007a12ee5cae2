from django.urls import path

from traektoria.diagnostics.protocols import views

urlpatterns = [
    path("protocols/", views.protocol_list, name="protocol_list"),
    path("protocols/people/<int:pk>/new/", views.protocol_new, name="protocol_new"),
    path("protocols/forms/<int:pk>/blank/", views.protocol_blank, name="protocol_blank"),
    path("protocols/<int:pk>/", views.protocol_detail, name="protocol_detail"),
    path("protocols/<int:pk>/write/", views.protocol_write, name="protocol_write"),
    path("protocols/<int:pk>/take-back/", views.protocol_take_back, name="protocol_take_back"),
    path("protocols/<int:pk>/discard/", views.protocol_discard, name="protocol_discard"),
    path("protocols/<int:pk>/read/", views.protocol_confirm, name="protocol_confirm"),
]

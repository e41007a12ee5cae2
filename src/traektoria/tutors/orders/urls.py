from django.urls import path

from traektoria.tutors.orders import views

urlpatterns = [
    path("tutor/<int:pk>/release/", views.release_new, name="release_new"),
    path("applications/<int:pk>/order/", views.order_new, name="order_new"),
    path("orders/", views.order_list, name="order_list"),
    path("orders/<int:pk>/", views.order_detail, name="order_detail"),
    path("orders/<int:pk>/edit/", views.order_edit, name="order_edit"),
    path("orders/<int:pk>/sign/", views.order_sign, name="order_sign"),
    path("orders/<int:pk>/cancel/", views.order_cancel, name="order_cancel"),
    path("orders/<int:pk>/read/", views.order_acquaint, name="order_acquaint"),
]

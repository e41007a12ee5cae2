from django.urls import path

from traektoria.planning.selfcards.views import cards

urlpatterns = [
    path("cards/", cards.card_list, name="card_list"),
    path("cards/begin/<int:centre>/<int:school>/<slug:kind>/", cards.card_begin, name="card_begin"),
    path("cards/<int:pk>/", cards.card_detail, name="card_detail"),
    path("cards/<int:pk>/fill/", cards.card_fill, name="card_fill"),
    path("cards/<int:pk>/share/", cards.card_share, name="card_share"),
    path("cards/<int:pk>/drop/", cards.card_drop, name="card_drop"),
    path("cards/<int:pk>/read/", cards.card_read, name="card_read"),
    path("cards/<int:pk>/remark/", cards.card_remark, name="card_remark"),
    path("audits/<int:pk>/compare/", cards.card_compare, name="card_compare"),
]

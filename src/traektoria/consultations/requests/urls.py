from django.urls import path

from traektoria.consultations.requests.views import answers, files, requests

urlpatterns = [
    path("", requests.request_list, name="request_list"),
    path("new/", requests.request_new, name="request_new"),
    path("board/", answers.request_board, name="request_board"),
    path("<int:pk>/", requests.request_detail, name="request_detail"),
    path("<int:pk>/withdraw/", requests.request_withdraw, name="request_withdraw"),
    path("<int:pk>/assign/", answers.request_assign, name="request_assign"),
    path("<int:pk>/recall/", answers.request_recall, name="request_recall"),
    path("<int:pk>/decline/", answers.request_decline, name="request_decline"),
    path("<int:pk>/take/", answers.request_take, name="request_take"),
    path("<int:pk>/return/", answers.request_return, name="request_return"),
    path("<int:pk>/hold/", answers.request_hold, name="request_hold"),
    path("<int:pk>/attach/", files.request_attach, name="request_attach"),
    path("files/<int:pk>/", files.request_file, name="request_file"),
    path("files/<int:pk>/remove/", files.request_file_remove, name="request_file_remove"),
]

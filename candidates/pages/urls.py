"""What candidates open in a browser."""

from django.urls import path

from candidates.pages import offers, own_data, views

urlpatterns = [
    path("jobs/<uuid:id>/apply", views.apply, name="apply"),
    path("jobs/<uuid:id>/applied", views.applied, name="applied"),
    path("t/<str:slug>", views.tracked, name="tracked"),
    path("offers/<str:token>", offers.offer, name="offer"),
    path("privacy", own_data.ask, name="privacy"),
    path("privacy/archives/<str:token>", own_data.archive, name="archive"),
    path("privacy/<str:token>", own_data.mine, name="my-data"),
    path("keep/<str:token>", own_data.keep, name="keep"),
    path("offers/<str:token>/letter.pdf", offers.letter, name="offer_letter"),
]

"""What candidates open in a browser."""

from django.urls import path

from candidates.pages import offers, views

urlpatterns = [
    path("jobs/<uuid:id>/apply", views.apply, name="apply"),
    path("jobs/<uuid:id>/applied", views.applied, name="applied"),
    path("t/<str:slug>", views.tracked, name="tracked"),
    path("offers/<str:token>", offers.offer, name="offer"),
    path("offers/<str:token>/letter.pdf", offers.letter, name="offer_letter"),
]

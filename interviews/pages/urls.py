"""What candidates open in a browser."""

from django.urls import path

from interviews.pages import views

urlpatterns = [path("availability/<str:token>", views.availability, name="availability")]

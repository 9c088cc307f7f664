"""What anybody may open in a browser."""

from django.urls import path

from requisitions.pages import views
from requisitions.pages.robots import robots

urlpatterns = [
    path("robots.txt", robots),
    path("", views.careers, name="careers"),
    path("jobs/<uuid:id>", views.job, name="job"),
]

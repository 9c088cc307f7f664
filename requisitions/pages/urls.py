"""What anybody may open in a browser."""

from django.urls import path

from requisitions.pages import views

urlpatterns = [
    path("", views.careers, name="careers"),
    path("jobs/<uuid:id>", views.job, name="job"),
]

"""The address of the job board API that also takes applications; it stands before the reads."""

from candidates.api.boards.views import JobAndApply
from requisitions.api.boards.urls import both

urlpatterns = both("<str:token>/jobs/<str:id>", JobAndApply)

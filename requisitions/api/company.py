"""Departments and offices: everybody may look them up, site admins change them."""

from typing import Any

import django_filters
from rest_framework import serializers

from ats.api.filters import Filters, RefFilter
from ats.api.serializers import In, Ref
from ats.api.viewsets import change, creation
from requisitions.actions.organization import (
    add_department,
    add_office,
    edit_department,
    edit_office,
)
from requisitions.api.inputs import colleagues, text
from requisitions.api.serializers import DepartmentOut, OfficeOut
from requisitions.api.views import CompanyViewSet
from requisitions.models import Department, Office


def departments(user: Any) -> Any:
    return Department.objects.all()


class DepartmentIn(In):
    name = serializers.CharField(max_length=200)
    parent = Ref(departments, required=False, allow_null=True)  # type: ignore[assignment]
    head = Ref(colleagues, required=False, allow_null=True)


class OfficeIn(In):
    name = serializers.CharField(max_length=200)
    city = text(200)
    region = text(200)
    country = text(2)
    timezone = serializers.CharField(max_length=64, required=False, help_text="IANA zone")


class DepartmentFilter(Filters):
    q = django_filters.CharFilter("name", lookup_expr="icontains", label="In the name.")
    parent = RefFilter("parent")

    class Meta:
        model = Department
        fields: list[str] = []


class OfficeFilter(Filters):
    q = django_filters.CharFilter("name", lookup_expr="icontains", label="In the name.")

    class Meta:
        model = Office
        fields = ["country"]


class DepartmentViewSet(CompanyViewSet):
    queryset = Department.objects.select_related("parent", "head")
    Out = DepartmentOut
    filterset_class = DepartmentFilter

    create = creation(add_department, In=DepartmentIn)
    partial_update = change(edit_department, In=DepartmentIn)


class OfficeViewSet(CompanyViewSet):
    queryset = Office.objects.all()
    Out = OfficeOut
    filterset_class = OfficeFilter

    create = creation(add_office, In=OfficeIn)
    partial_update = change(edit_office, In=OfficeIn)

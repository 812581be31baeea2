"""Who could tell how an organisation's actions go, and which organisations have lost everybody who could."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from partners.models import Membership, Organisation
from partners.roles import ROLES, Permission


def without_tellers(today: date) -> models.QuerySet[Organisation]:
    """Organisations that were retired, or have nobody left who could tell how their actions go."""
    nobody = ~Exists(who_could_tell(OuterRef("pk")))
    return Organisation.objects.filter(Q(retired_on__lte=today) | nobody)


def who_could_tell(organisation: Any) -> models.QuerySet[Membership]:
    """People at work for an organisation who may report on its actions."""
    codes = [role.code for role in ROLES.values() if Permission.UPDATE_PLANS in role.permissions]
    return Membership.objects.at_work().filter(organisation=organisation, role_codes__overlap=codes)

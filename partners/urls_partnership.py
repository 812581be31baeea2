"""Staff pages where administrators keep the partnership's lists and standards."""

from django.urls import path

from partners.views import agreements, areas, bank_holidays, organisations, partnership, standards

app_name = "partnership"
urlpatterns = [
    path("", partnership.partnership, name="partnership"),
    path("organisations/", organisations.organisations, name="organisations"),
    path("organisations/add/", organisations.add_organisation, name="add_organisation"),
    path("organisations/<slug:code>/", organisations.organisation, name="organisation"),
    path("organisations/<slug:code>/retire/", organisations.retire_organisation, name="retire_organisation"),
    path(
        "organisations/<slug:code>/bring-back/",
        organisations.bring_back_organisation,
        name="bring_back_organisation",
    ),
    path("areas/", areas.areas, name="areas"),
    path("areas/rest/", areas.set_fallback, name="set_fallback"),
    path("areas/<slug:code>/", areas.area, name="area"),
    path("csps/add/", areas.add_csp, name="add_csp"),
    path("csps/<slug:code>/", areas.csp, name="csp"),
    path("csps/<slug:code>/merge/", areas.merge_csp, name="merge_csp"),
    path("agreements/", agreements.agreements, name="agreements"),
    path("agreements/add/", agreements.add_agreement, name="add_agreement"),
    path("agreements/<int:agreement_id>/", agreements.agreement, name="agreement"),
    path("standards/", standards.standards, name="standards"),
    path("standards/<slug:code>/", standards.standard, name="standard"),
    path(
        "standards/<slug:code>/versions/<int:version>/",
        standards.bring_back_standard,
        name="bring_back_standard",
    ),
    path("bank-holidays/", bank_holidays.bank_holidays, name="bank_holidays"),
    path("bank-holidays/<str:day>/remove/", bank_holidays.remove_holiday, name="remove_holiday"),
    path("bank-holidays/<int:year>/by-rule/", bank_holidays.add_by_rule, name="add_by_rule"),
]

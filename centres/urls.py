"""Staff pages about reporting centres: the list of all is `centres`, the page of one `centre`, and that of those who
work at one `our_centre`."""

from django.urls import URLPattern, path

from centres import urls_lists, urls_oversight
from centres.views import closing, listing, materials, our_centre, own_figures, standing

app_name = "centres"
urlpatterns: list[URLPattern] = [
    *urls_lists.urlpatterns,
    path("centres/add/", listing.add_centre, name="add"),
    path("centres/<slug:code>/edit/", listing.edit_centre, name="edit"),
    path("centres/<slug:code>/verify/", standing.record_check, name="verify"),
    path("centres/<slug:code>/list/", standing.list_centre, name="list"),
    path("centres/<slug:code>/suspend/", standing.suspend_centre, name="suspend"),
    path("centres/<slug:code>/lift/", standing.lift_suspension, name="lift"),
    path("centres/<slug:code>/close/", closing.close_centre, name="close"),
    path("our-centre/listing/", listing.edit_own, name="edit_own"),
    path("our-centre/confirm/", listing.confirm_own, name="confirm_own"),
    path("our-centre/", our_centre.our_centre, name="our_centre"),
    path("our-centre/champions/", our_centre.own_champions, name="own_champions"),
    path(
        "our-centre/champions/<int:champion_id>/stand-down/",
        our_centre.champion_stands_down,
        name="champion_stands_down",
    ),
    path("our-centre/print/", materials.print_page, name="print"),
    path("our-centre/print/<slug:kind>/<slug:language>.pdf", materials.print_file, name="print_file"),
    path("our-centre/figures/", own_figures.figures_page, name="own_figures"),
    path("our-centre/figures/figures.pdf", own_figures.figures_pdf, name="own_figures_pdf"),
    path("our-centre/figures/figures.csv", own_figures.figures_csv, name="own_figures_csv"),
    # Below the others: a centre’s page stands at its code.
    *urls_oversight.urlpatterns,
]

"""Who speaks for each partner in communications."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actionplans.forms_of_campaigns import ContactForm
from actionplans.forms_of_sessions import organisations
from actionplans.models import CommsContact
from actionplans.naming_contacts import NotThere, end_contact, name_contact
from partners.doors import StaffRequest, requires
from partners.models import Organisation
from partners.roles import Permission


@requires(Permission.SEE_PLANS)
@require_safe
def contacts(request: StaffRequest) -> HttpResponse:
    """Each organisation with its contact; those without one are said."""
    now = {each.organisation_id: each for each in CommsContact.objects.now().select_related("person")}
    rows = [(each, now.get(each.pk), _may_name(request, each)) for each in organisations()]
    context = {
        "rows": rows,
        "without": [
            each for each, contact, _ in rows if each.is_one_of_eleven and not (contact and contact.is_there)
        ],
        "eleven": sum(each.is_one_of_eleven for each, *_ in rows),
    }
    return render(request, "actionplans/calendar/contacts.html", context)


def _may_name(request: StaffRequest, organisation: Organisation) -> bool:
    """People name their own; plan owners everybody's."""
    if request.user.may(Permission.OWN_PLANS):
        return True
    return request.user.may(Permission.UPDATE_PLANS) and request.user.organisation_id == organisation.pk


def _organisation_or_404(request: StaffRequest, code: str) -> Organisation:
    found = get_object_or_404(Organisation, code=code, retired_on=None)
    if not _may_name(request, found):
        raise Http404
    return found


@requires(Permission.UPDATE_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def name(request: StaffRequest, organisation_code: str) -> HttpResponse:
    """Names somebody, in place of whoever it was."""
    organisation = _organisation_or_404(request, organisation_code)
    form = ContactForm(request.POST if request.method == "POST" else None, organisation)
    if request.method == "POST" and form.is_valid():
        person = form.people[form.cleaned_data["person"]]
        try:
            name_contact(organisation, person, by=request.user, now=timezone.now())
        except NotThere:
            form.add_error("person", "This person does not work there any more. Choose somebody else")
        else:
            messages.success(request, f"{person.name} speaks for {organisation} from today.")
            return redirect("actionplans:comms_contacts")
    context = {
        "form": form,
        "organisation": organisation,
        "now": CommsContact.objects.filter(organisation=organisation, until=None)
        .select_related("person")
        .first(),
        "before": CommsContact.objects.filter(organisation=organisation, until__isnull=False)
        .select_related("person")
        .order_by("-until", "-pk")[:10],
    }
    return render(request, "actionplans/calendar/contact.html", context)


@requires(Permission.UPDATE_PLANS)
@require_POST
def end(request: StaffRequest, organisation_code: str) -> HttpResponse:
    """Ends whoever speaks for an organisation."""
    organisation = _organisation_or_404(request, organisation_code)
    end_contact(organisation, by=request.user, now=timezone.now())
    messages.success(request, f"Nobody speaks for {organisation} now. Name somebody else.")
    return redirect("actionplans:comms_contacts")

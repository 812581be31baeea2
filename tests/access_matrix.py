"""Who gets what from every address. Written by hand and not read from the code: that is what makes it a check.

A row is one of three kinds:

    everybody(address, get, post)            a page of the public's: all get the same
    signed_in(address, get, post)            everybody who signed in, with whatever role
    staff(address, letters, get, post)       only the roles whose letters stand there; to other roles it is missing (404)

`get` and `post` are the answers to an empty request; a method that a page does not have is 405, and needs no mention.
Signed out leads to signing in, a password without the second step leads to the second step, and suspended is signed
out; a row says so only where it is otherwise. `at` is the address that is tried, where the pattern has parts: a code
that always exists, or one of `{case}` `{report}` `{person}` `{invitation}` `{centre}` `{agreement}` `{review}` `{reset}`
`{absence}` `{campaign}` `{event}` `{material}` `{session}` `{house}` `{year}` `{asked}` `{plan}` `{draft}` `{thrown}` `{action}` `{step}` `{evidence}` `{came}` `{wish}` `{look}` `{heard}` `{link}` `{champion}` `{visit}` `{again}` `{joined}` `{jag}` `{jag_meeting}` `{jag_action}` `{found}` `{proposal}` `{share}` `{to_us}` `{by_us}` `{task}` `{view}` `{removed}` `{pack}` `{same_suspect}` (tests/access_world.py).
Where such a record stands, `records` says whose it must be. The roles are tried with all of these:

    own       the person's own organisation works on it, or works with it
    shared    another organisation's, which let this one see it
    foreign   another organisation's
    barred    the reporter said that this organisation must not see it, though it would read reports from there

`also` gives other roles the same page with fewer records: `also={"T": "own"}`. (M belongs to a centre, so that none
of these records is their organisation's.) An address that has no row fails the tests. docs/ACCESS.md is this table, printed: `./scripts/print-access`.
Other methods than GET, HEAD and POST are refused everywhere (llr_hate/methods.py).
"""

from dataclasses import dataclass

# fmt: off
LETTERS = {
    "V": "centre_volunteer", "M": "centre_manager", "O": "officer", "T": "team_manager",
    "C": "plan_contributor", "W": "plan_owner", "D": "delivery_group", "J": "jag_chair",
    "P": "csp_chair", "S": "sog_member", "N": "analyst", "L": "translator", "H": "centre_lead",
    "R": "rights_desk", "X": "scrutiny_panel", "U": "auditor", "K": "administrator",
}
# fmt: on
ALL = "".join(LETTERS)
CENTRE = "VM"
CASEWORK = "OT"
JAG_CHAIR = "J"
SEES_ITEMS = "OTJ"
PLANS = "OTCWDJPSNHXK"
UPDATES = "OTCWD"
FIGURES = "WDJPSNK"
ADMINISTRATORS = "K"
OVERSEE = "HK"
CENTRES = "OTWDJPSNHK"
DESK = "R"

RELATIONS = ("own", "shared", "foreign", "barred")
EVERYBODYS = "own shared foreign barred"
LOGIN, SECOND_STEP = "login", "second step"
Answer = int | str


@dataclass(frozen=True)
class Row:
    """What everybody gets from one address."""

    route: str
    at: str
    letters: str
    get: Answer
    post: Answer
    records: frozenset[str] = frozenset()
    also: tuple[tuple[str, frozenset[str]], ...] = ()
    # What the other roles, somebody signed out (or suspended), and somebody without the second step get:
    # '' is what the letters get.
    others: Answer = ""
    out: Answer = ""
    weak: Answer = ""

    def expected(self, who: str, method: str, relation: str = "") -> str:
        """The answer to a letter of a role, or to 'signed out', 'suspended' or 'no second step'."""
        inside = self.get if method == "GET" else self.post
        if who in ("signed out", "suspended"):
            return str(self.out or inside)
        if who == "no second step":
            return str(self.weak or inside)
        if who not in self.everybody_in:
            return str(self.others or inside)
        # A method that the page does not have is refused before anybody looks for the record.
        return "404" if relation and relation not in self.records_of(who) and inside != 405 else str(inside)

    @property
    def everybody_in(self) -> str:
        """The letters of all whose role opens it."""
        return self.letters + "".join(letters for letters, _ in self.also)

    def records_of(self, letter: str) -> frozenset[str]:
        """Whose records it opens to a role."""
        return next((records for letters, records in self.also if letter in letters), self.records)


def everybody(route: str, get: Answer, post: Answer = 405, *, at: str = "", out: Answer = "") -> Row:
    """`out` is for the few pages that answer differently before signing in."""
    return Row(route, at or route, ALL, get, post, out=out)


def signed_in(
    route: str,
    get: Answer,
    post: Answer = 405,
    *,
    at: str = "",
    weak: Answer = SECOND_STEP,
    out: Answer = LOGIN,
) -> Row:
    return Row(route, at or route, ALL, get, post, out=out, weak=weak)


def staff(
    route: str,
    letters: str,
    get: Answer,
    post: Answer = 405,
    *,
    at: str = "",
    records: str = "",
    also: dict[str, str] | None = None,
) -> Row:
    return Row(
        route,
        at or route,
        letters,
        get,
        post,
        frozenset(records.split()),
        tuple((more, frozenset(whose.split())) for more, whose in (also or {}).items()),
        404,
        LOGIN,
        SECOND_STEP,
    )


# fmt: off
MATRIX = [
    # The public
    everybody("", 200),
    everybody("safety/", 200),
    everybody("p/b8/", 200),
    everybody("p/n5/", 410),
    everybody("p/z4/", 410, 410),
    everybody("p/w2/", 410),
    everybody("p/d5/", 410, 410),
    everybody("p/w7/", 410, 410),
    everybody("p/<slug:code>/", 200, 200, at="p/a3/"),
    everybody("back/", 200, 200),
    everybody("back/h3/", 302),
    everybody("back/f9/", 405, 302),
    everybody("back/s4/", 302, 302),
    everybody("back/n8/", 302, 302),
    everybody("back/m7/", 302, 302),
    everybody("back/d8/", 302),
    everybody("back/d8/w5/", 302, 302),
    everybody("back/d8/<slug:code>/", 302, 302, at="back/d8/e2/"),
    everybody("back/c9/", 302, 302),
    everybody("back/r6/", 302, 302),
    everybody("back/e2/", 302, 302),
    everybody("back/t6/", 302, 302),
    everybody("back/k4/", 302, 302),
    everybody("back/q5/", 302, 302),
    everybody("back/y4/", 200),
    everybody("q/<str:token>/", 410, 410, at="q/not-a-link/"),
    everybody("back/w7/", 302, 302),
    everybody("back/g5/", 200),
    everybody("back/v8/", 302),
    everybody("back/v8/<slug:kind>/", 302, at="back/v8/pdf/"),
    everybody("back/m3/", 200, 200),
    everybody("l/<slug:code>/", 302, at="l/en-gb/"),
    everybody("form/", 200),
    everybody("leave/", 303, 303),
    everybody("invitation/<str:token>/", 410, 410, at="invitation/not-a-token/"),
    everybody("centres/", 200, 200),
    everybody("plans/", 200),
    everybody("plans/<slug:code>/", 200, at="plans/appendix-c/"),
    everybody("api/v1/plans/", 200),
    everybody("api/v1/schema/", 200),
    everybody("schemas/<slug:name>/<int:version>/", 200, at="schemas/police-handoff/1/"),
    everybody("health/", 200),

    # Reporting centres
    staff("staff/record/", CENTRE, 200, 200),
    staff("staff/record/<int:number>/", CENTRE, 200, 200, at="staff/record/2/"),
    staff("staff/record/paper/", CENTRE, 302),
    staff("staff/record/unfinished/", CENTRE, 405, 404),
    staff("staff/record/b8/", CENTRE, 200),
    staff("staff/record/n5/", CENTRE, 410),
    staff("staff/record/z4/", CENTRE, 410, 410),
    staff("staff/record/w2/", CENTRE, 410),
    staff("staff/record/w7/", CENTRE, 410, 410),
    staff("staff/record/<slug:code>/", CENTRE, 410, 410, at="staff/record/e2/"),
    staff("staff/practice/", CENTRE, 200),
    staff("staff/practice/done/<uuid:run_id>/", CENTRE, 404, at="staff/practice/done/00000000-0000-0000-0000-000000000000/"),
    staff("staff/practice/<slug:story>/", CENTRE, 200, 200, at="staff/practice/bus_home/"),
    staff("staff/practice/<slug:story>/story/", CENTRE, 200, at="staff/practice/bus_home/story/"),
    staff("staff/practice/<slug:story>/<int:number>/", CENTRE, 200, 200, at="staff/practice/bus_home/2/"),
    staff("staff/practice/<slug:story>/b8/", CENTRE, 200, 200, at="staff/practice/bus_home/b8/"),
    staff("staff/practice/<slug:story>/n5/", CENTRE, 410, at="staff/practice/bus_home/n5/"),
    staff("staff/practice/<slug:story>/z4/", CENTRE, 410, 410, at="staff/practice/bus_home/z4/"),
    staff("staff/practice/<slug:story>/<slug:code>/", CENTRE, 410, 410, at="staff/practice/bus_home/e2/"),
    staff("staff/centre/", CENTRE, 200),
    staff("staff/centre/<slug:reference>/told/", CENTRE, 405, 404, at="staff/centre/LLR-0000-0000/told/"),
    staff("staff/our-centre/", CENTRE, 200),
    staff("staff/our-centre/champions/", "M", 200, 200),
    staff("staff/our-centre/champions/<int:champion_id>/stand-down/", "M", 405, 302, at="staff/our-centre/champions/{champion}/stand-down/", records="own"),
    staff("staff/our-centre/print/", CENTRE, 200),
    staff("staff/our-centre/print/<slug:kind>/<slug:language>.pdf", CENTRE, 200, at="staff/our-centre/print/card/en-gb.pdf"),
    staff("staff/our-centre/figures/", CENTRE, 200),
    staff("staff/our-centre/figures/figures.pdf", CENTRE, 200),
    staff("staff/our-centre/figures/figures.csv", CENTRE, 200),

    # Casework
    staff("staff/queue/", CASEWORK, 200),
    staff("staff/told/", CASEWORK, 200),
    staff("staff/told/<slug:how>/", CASEWORK, 200, 200, at="staff/told/phone/"),
    staff("staff/told/<slug:how>/<int:number>/", CASEWORK, 200, 200, at="staff/told/phone/2/"),
    staff("staff/told/<slug:how>/b8/", CASEWORK, 200, at="staff/told/phone/b8/"),
    staff("staff/told/<slug:how>/n5/", CASEWORK, 410, at="staff/told/phone/n5/"),
    staff("staff/told/<slug:how>/z4/", CASEWORK, 410, 410, at="staff/told/phone/z4/"),
    staff("staff/told/<slug:how>/w2/", CASEWORK, 410, at="staff/told/phone/w2/"),
    staff("staff/told/<slug:how>/<slug:code>/", CASEWORK, 410, 410, at="staff/told/phone/e2/"),
    staff("staff/queue/set-aside/", CASEWORK, 200),
    staff("staff/queue/<slug:reference>/set-aside/", CASEWORK, 200, 200, at="staff/queue/{report}/set-aside/", records="own shared"),
    staff("staff/queue/<slug:reference>/second-look/", CASEWORK, 302, 200, at="staff/queue/{report}/second-look/", records="own shared"),
    staff("staff/queue/<slug:reference>/join/", CASEWORK, 200, 200, at="staff/queue/{report}/join/", records="own shared"),
    staff("staff/queue/<slug:reference>/", CASEWORK, 200, 200, at="staff/queue/{report}/", records="own shared"),
    staff("staff/cases/", CASEWORK, 200),
    staff("staff/cases/find/", CASEWORK, 200, 200),
    # A view is its officer's alone: the team manager of the same organisation finds none.
    staff("staff/cases/views/", CASEWORK, 200, 200),
    staff("staff/cases/views/<int:view_id>/", "O", 200, 200, at="staff/cases/views/{view}/", records="own", also={"T": ""}),
    staff("staff/cases/views/<int:view_id>/remove/", "O", 405, 302, at="staff/cases/views/{view}/remove/", records="own", also={"T": ""}),
    staff("staff/cases/views/<int:view_id>/put-back/", "O", 405, 302, at="staff/cases/views/{removed}/put-back/", records="own", also={"T": ""}),
    staff("staff/tasks/", CASEWORK, 200),
    staff("staff/cases/<slug:reference>/", CASEWORK, 200, at="staff/cases/{case}/", records="own shared"),
    staff("staff/evidence/<uuid:evidence_id>/", CASEWORK, 200, at="staff/evidence/{came}/", records="own shared"),
    staff("staff/evidence/<uuid:evidence_id>/<int:number>/", CASEWORK, 200, at="staff/evidence/{came}/1/", records="own shared"),
    staff("staff/evidence/<uuid:evidence_id>/original/", CASEWORK, 200, 200, at="staff/evidence/{came}/original/", records="own shared"),
    staff("staff/queue/<slug:reference>/contact/", CASEWORK, 200, at="staff/queue/{report}/contact/", records="own shared"),
    staff("staff/cases/<slug:reference>/who-did-it/", CASEWORK, 200, 200, at="staff/cases/{case}/who-did-it/", records="own shared"),
    staff("staff/cases/<slug:reference>/who-did-it/new/", CASEWORK, 200, 200, at="staff/cases/{case}/who-did-it/new/", records="own"),
    staff("staff/cases/<slug:reference>/who-did-it/<uuid:record_id>/keep/", CASEWORK, 200, 200, at="staff/cases/{case}/who-did-it/{suspect}/keep/", records="own"),
    staff("staff/cases/<slug:reference>/who-did-it/<uuid:record_id>/erase/", CASEWORK, 200, 302, at="staff/cases/{case}/who-did-it/{suspect}/erase/", records="own"),
    staff("staff/cases/<slug:reference>/who-did-it/<uuid:record_id>/same/<slug:other>/<uuid:other_id>/", CASEWORK, 200, 200, at="staff/cases/{case}/who-did-it/{suspect}/same/{again}/{same_suspect}/", records="own shared"),
    # A conflict: who leads says who must not see it.
    staff("staff/cases/<slug:reference>/conflicts/", CASEWORK, 200, at="staff/cases/{case}/conflicts/", records="own"),
    staff("staff/cases/<slug:reference>/conflicts/new/", CASEWORK, 200, 200, at="staff/cases/{case}/conflicts/new/", records="own"),
    staff("staff/cases/<slug:reference>/conflicts/<uuid:conflict_id>/lift/", CASEWORK, 200, 200, at="staff/cases/{case}/conflicts/{conflict}/lift/", records="own"),
    staff("staff/queue/<slug:reference>/conflict/", CASEWORK, 200, 200, at="staff/queue/{report}/conflict/", records="own shared"),
    staff("staff/cases/<slug:reference>/contact/", CASEWORK, 200, at="staff/cases/{case}/contact/", records="own shared"),
    staff("staff/cases/<slug:reference>/risk/", CASEWORK, 200, at="staff/cases/{case}/risk/", records="own shared"),
    staff("staff/cases/<slug:reference>/risk/assess/", CASEWORK, 200, 200, at="staff/cases/{case}/risk/assess/", records="own shared"),
    staff("staff/cases/<slug:reference>/risk/again/", CASEWORK, 200, 200, at="staff/cases/{case}/risk/again/", records="own shared"),
    staff("staff/cases/<slug:reference>/risk/done/", CASEWORK, 405, 302, at="staff/cases/{case}/risk/done/", records="own shared"),
    staff("staff/cases/<slug:reference>/risk/<uuid:assessment_id>/", CASEWORK, 200, at="staff/cases/{case}/risk/{found}/", records="own shared"),
    staff("staff/cases/<slug:reference>/contacts/", CASEWORK, 200, at="staff/cases/{case}/contacts/", records="own shared"),
    staff("staff/cases/<slug:reference>/contacts/log/", CASEWORK, 200, 200, at="staff/cases/{case}/contacts/log/", records="own shared"),
    staff("staff/cases/<slug:reference>/tasks/", CASEWORK, 200, at="staff/cases/{case}/tasks/", records="own shared"),
    staff("staff/cases/<slug:reference>/tasks/add/", CASEWORK, 200, 200, at="staff/cases/{case}/tasks/add/", records="own shared"),
    staff("staff/cases/<slug:reference>/tasks/<uuid:task_id>/", CASEWORK, 200, 302, at="staff/cases/{case}/tasks/{task}/", records="own shared"),
    staff("staff/jag/", SEES_ITEMS, 200),
    staff("staff/jag/meetings/", SEES_ITEMS, 200),
    staff("staff/jag/meetings/plan/", JAG_CHAIR, 200, 200),
    staff("staff/jag/meetings/<int:meeting_id>/", SEES_ITEMS, 200, at="staff/jag/meetings/{jag_meeting}/", records="own"),
    staff("staff/jag/meetings/<int:meeting_id>/agenda/", JAG_CHAIR, 405, 302, at="staff/jag/meetings/{jag_meeting}/agenda/", records="own"),
    staff("staff/jag/meetings/<int:meeting_id>/held/", JAG_CHAIR, 405, 302, at="staff/jag/meetings/{jag_meeting}/held/", records="own"),
    staff("staff/jag/meetings/<int:meeting_id>/pack.pdf", JAG_CHAIR, 200, at="staff/jag/meetings/{jag_meeting}/pack.pdf", records="own"),
    staff("staff/jag/meetings/<int:meeting_id>/pack.docx", JAG_CHAIR, 200, at="staff/jag/meetings/{jag_meeting}/pack.docx", records="own"),
    staff("staff/jag/meetings/<int:meeting_id>/names/", CASEWORK, 200, at="staff/jag/meetings/{jag_meeting}/names/", records="own"),
    staff("staff/jag/<slug:number>/", CASEWORK, 200, at="staff/jag/{jag}/", records="own shared", also={JAG_CHAIR: "own"}),
    staff("staff/jag/<slug:number>/decide/", JAG_CHAIR, 200, 200, at="staff/jag/{jag}/decide/", records="own"),
    staff("staff/jag/<slug:number>/action/", JAG_CHAIR, 200, 200, at="staff/jag/{jag}/action/", records="own"),
    staff("staff/jag/<slug:number>/action/<uuid:action_id>/", SEES_ITEMS, 200, 200, at="staff/jag/{jag}/action/{jag_action}/", records="own"),
    staff("staff/cases/<slug:reference>/case-review/", CASEWORK, 200, at="staff/cases/{case}/case-review/", records="own shared"),
    staff("staff/cases/<slug:reference>/case-review/ask/", CASEWORK, 200, 200, at="staff/cases/{case}/case-review/ask/", records="own shared"),
    staff("staff/cases/<slug:reference>/case-review/accept/", CASEWORK, 200, 200, at="staff/cases/{case}/case-review/accept/", records="own shared"),
    staff("staff/cases/<slug:reference>/case-review/finish/", CASEWORK, 200, 200, at="staff/cases/{case}/case-review/finish/", records="own shared"),
    staff("staff/cases/<slug:reference>/case-review/appeal/", CASEWORK, 200, 200, at="staff/cases/{case}/case-review/appeal/", records="own shared"),
    staff("staff/cases/<slug:reference>/case-review/answer/", CASEWORK, 200, 200, at="staff/cases/{case}/case-review/answer/", records="own shared"),
    staff("staff/cases/<slug:reference>/same-place/", CASEWORK, 200, 200, at="staff/cases/{case}/same-place/", records="own shared"),
    staff("staff/cases/<slug:reference>/reports/", CASEWORK, 200, at="staff/cases/{case}/reports/", records="own shared"),
    staff("staff/cases/<slug:reference>/recorded-as/", CASEWORK, 200, 200, at="staff/cases/{case}/recorded-as/", records="own shared"),
    staff("staff/cases/<slug:reference>/reports/<slug:report>/take-out/", CASEWORK, 200, 200, at="staff/cases/{case}/reports/{joined}/take-out/", records="own"),
    staff("staff/cases/<slug:reference>/transfer/", CASEWORK, 200, 200, at="staff/cases/{case}/transfer/", records="own"),
    staff("staff/cases/<slug:reference>/triage/", CASEWORK, 200, 200, at="staff/cases/{case}/triage/", records="own shared"),
    staff("staff/cases/<slug:reference>/note/", CASEWORK, 200, 200, at="staff/cases/{case}/note/", records="own shared"),
    staff("staff/cases/<slug:reference>/person/", CASEWORK, 200, 200, at="staff/cases/{case}/person/", records="own shared"),
    staff("staff/cases/<slug:reference>/person/<slug:other>/", CASEWORK, 200, 200, at="staff/cases/{case}/person/{again}/", records="own shared"),
    staff("staff/cases/<slug:reference>/asked/<uuid:request_id>/", CASEWORK, 200, 200, at="staff/cases/{case}/asked/{wish}/", records="own"),
    staff("staff/another-look/", "T", 200),
    staff("staff/another-look/<uuid:request_id>/", "T", 200, 200, at="staff/another-look/{look}/", records="own"),
    staff("staff/cases/<slug:reference>/assign/", CASEWORK, 200, 200, at="staff/cases/{case}/assign/", records="own"),
    staff("staff/cases/<slug:reference>/tell/", CASEWORK, 200, 200, at="staff/cases/{case}/tell/", records="own"),
    staff("staff/cases/<slug:reference>/told/", CASEWORK, 405, 302, at="staff/cases/{case}/told/", records="own shared"),
    staff("staff/referrals/", CASEWORK, 200),
    staff("staff/cases/<slug:reference>/sharing/", CASEWORK, 200, at="staff/cases/{case}/sharing/", records="own shared"),
    staff("staff/cases/<slug:reference>/share/", CASEWORK, 200, 200, at="staff/cases/{case}/share/", records="own"),
    staff("staff/cases/<slug:reference>/share/<uuid:override_id>/", "T", 200, 200, at="staff/cases/{case}/share/{proposal}/", records="own"),
    staff("staff/cases/<slug:reference>/shares/<uuid:share_id>/stop/", CASEWORK, 200, 302, at="staff/cases/{case}/shares/{share}/stop/", records="own"),
    staff("staff/cases/<slug:reference>/refer/", CASEWORK, 200, 200, at="staff/cases/{case}/refer/", records="own"),
    staff("staff/cases/<slug:reference>/referrals/<uuid:referral_id>/", CASEWORK, 200, 200, at="staff/cases/{case}/referrals/{to_us}/", records="own shared"),
    staff("staff/cases/<slug:reference>/referrals/<uuid:referral_id>/withdraw/", CASEWORK, 200, 302, at="staff/cases/{case}/referrals/{by_us}/withdraw/", records="own"),
    staff("staff/cases/<slug:reference>/hold/", CASEWORK, 200, 200, at="staff/cases/{case}/hold/", records="own"),
    staff("staff/cases/<slug:reference>/resume/", CASEWORK, 200, 200, at="staff/cases/{case}/resume/", records="own"),
    staff("staff/cases/<slug:reference>/packs/", CASEWORK, 200, at="staff/cases/{case}/packs/", records="own shared"),
    staff("staff/cases/<slug:reference>/packs/make/", CASEWORK, 200, 200, at="staff/cases/{case}/packs/make/", records="own"),
    staff("staff/packs/<uuid:pack_id>/", CASEWORK, 200, at="staff/packs/{pack}/", records="own shared"),
    staff("staff/packs/<uuid:pack_id>/withdraw/", CASEWORK, 200, 302, at="staff/packs/{pack}/withdraw/", records="own"),
    staff("staff/packs/<uuid:pack_id>/<slug:medium>/", CASEWORK, 200, at="staff/packs/{pack}/page/", records="own shared"),
    staff("staff/cases/<slug:reference>/police/", CASEWORK, 200, at="staff/cases/{case}/police/", records="own shared"),
    staff("staff/cases/<slug:reference>/police/hand-over/", CASEWORK, 200, 200, at="staff/cases/{case}/police/hand-over/", records="own"),
    staff("staff/cases/<slug:reference>/police/answer/", CASEWORK, 200, 200, at="staff/cases/{case}/police/answer/", records="own"),
    staff("staff/police-answers/", CASEWORK, 200, 200),
    staff("staff/cases/<slug:reference>/outcomes/", CASEWORK, 200, at="staff/cases/{case}/outcomes/", records="own shared"),
    staff("staff/cases/<slug:reference>/support/", CASEWORK, 200, 200, at="staff/cases/{case}/support/", records="own shared"),
    staff("staff/how-we-did/", CASEWORK, 200),
    staff("staff/scrutiny/", "XWD", 200),
    staff("staff/scrutiny/draw/", "WD", 200, 200),
    staff("staff/scrutiny/retell/", CASEWORK, 200),
    # Nothing is drawn here; tests/reviews/test_scrutiny.py opens what is.
    staff("staff/scrutiny/retell/<slug:reference>/", CASEWORK, 404, 404, at="staff/scrutiny/retell/LLR-2222-2222/"),
    staff("staff/scrutiny/<int:sample_id>/", "XWD", 404, 405, at="staff/scrutiny/2222/"),
    staff("staff/scrutiny/<int:sample_id>/<int:number>/", "X", 404, 404, at="staff/scrutiny/2222/1/"),
    # Nobody of these waits to be asked; tests/casework/test_asked_by_voice.py opens one that does.
    staff("staff/how-we-did/<slug:reference>/", CASEWORK, 404, 404, at="staff/how-we-did/LLR-2222-2222/"),
    staff("staff/our-centre/how-we-did/", CENTRE, 200),
    staff("staff/our-centre/how-we-did/<slug:reference>/", CENTRE, 404, 404, at="staff/our-centre/how-we-did/LLR-2222-2222/"),
    staff("staff/cases/<slug:reference>/close/", CASEWORK, 200, 200, at="staff/cases/{case}/close/", records="own"),
    staff("staff/cases/<slug:reference>/reopen/", CASEWORK, 200, 200, at="staff/cases/{case}/reopen/", records="own"),

    # The rights desk: any record, whose ever it is, by reference, class and day
    staff("staff/rights/", DESK, 200),
    staff("staff/rights/new/", DESK, 200, 200),
    staff("staff/rights/register/", DESK, 200),
    staff("staff/rights/register/new/", DESK, 200, 200),
    staff("staff/rights/register/export/", DESK, 200),
    staff("staff/rights/register/<uuid:entry_id>/", DESK, 200, at="staff/rights/register/{disclosure}/", records="own"),
    staff("staff/rights/<uuid:request_id>/", DESK, 200, at="staff/rights/{right}/", records="own"),
    staff("staff/rights/<uuid:request_id>/check/", DESK, 200, 200, at="staff/rights/{right}/check/", records="own"),
    staff("staff/rights/<uuid:request_id>/longer/", DESK, 200, 200, at="staff/rights/{right}/longer/", records="own"),
    staff("staff/rights/<uuid:request_id>/about/", DESK, 200, 200, at="staff/rights/{right}/about/", records="own"),
    staff("staff/rights/<uuid:request_id>/answer/", DESK, 200, 200, at="staff/rights/{right}/answer/", records="own"),
    staff("staff/rights/<uuid:request_id>/disclose/", DESK, 200, 200, at="staff/rights/{right}/disclose/", records="own"),
    staff("staff/rights/<uuid:request_id>/pack/<uuid:about_id>/", DESK, 200, at="staff/rights/{right}/pack/{named}/", records="own"),
    staff("staff/rights/<uuid:request_id>/pack/<uuid:about_id>/<int:number>/", DESK, 200, 302, at="staff/rights/{right}/pack/{named}/0/", records="own"),
    staff("staff/rights/<uuid:request_id>/pack/<uuid:about_id>/propose/", DESK, 405, 302, at="staff/rights/{right}/pack/{named}/propose/", records="own"),
    staff("staff/rights/<uuid:request_id>/pack/<uuid:about_id>/take-back/", DESK, 405, 302, at="staff/rights/{right}/pack/{named}/take-back/", records="own"),
    staff("staff/rights/<uuid:request_id>/pack/<uuid:about_id>/release/", DESK, 405, 302, at="staff/rights/{right}/pack/{named}/release/", records="own"),
    staff("staff/rights/<uuid:request_id>/pack/<uuid:about_id>/file/", DESK, 302, at="staff/rights/{right}/pack/{named}/file/", records="own"),
    staff("staff/records/", DESK, 200),
    staff("staff/records/reviews/", DESK, 200),
    staff("staff/records/holds/", DESK, 200),
    staff("staff/records/erased/", DESK, 200),
    staff("staff/records/schedule/", DESK, 200),
    staff("staff/records/<slug:reference>/", DESK, 200, at="staff/records/{report}/", records=EVERYBODYS),
    staff("staff/records/<slug:reference>/hold/", DESK, 200, 200, at="staff/records/{report}/hold/", records=EVERYBODYS),
    staff("staff/records/<slug:reference>/hold/<uuid:hold_id>/lift/", DESK, 405, 404, at="staff/records/{report}/hold/00000000-0000-0000-0000-000000000000/lift/", records=EVERYBODYS),
    staff("staff/records/<slug:reference>/keep/", DESK, 200, 200, at="staff/records/{report}/keep/", records=EVERYBODYS),
    staff("staff/records/<slug:reference>/erase/", DESK, 200, 200, at="staff/records/{report}/erase/", records=EVERYBODYS),

    # Plans and figures
    staff("staff/plans/", PLANS, 200),
    staff("staff/plans/strategy/", PLANS, 200),
    staff("staff/plans/updates/", UPDATES, 200, 200),
    staff("staff/plans/updates/waiting/", "WD", 200),
    staff("staff/plans/updates/evidence/<int:evidence_id>/", PLANS, 200, at="staff/plans/updates/evidence/{evidence}/", records="own"),
    # The calendar, the library and training
    staff("staff/plans/calendar/", PLANS, 200),
    staff("staff/plans/calendar/add/", UPDATES, 200, 200),
    staff("staff/plans/calendar/weeks/", PLANS, 200),
    staff("staff/plans/calendar/weeks/<int:year>/", "WK", 200, 200, at="staff/plans/calendar/weeks/{year}/", records="own"),
    staff("staff/plans/calendar/weeks/<int:year>/accept/", UPDATES, 405, 302, at="staff/plans/calendar/weeks/{year}/accept/", records="own"),
    staff("staff/plans/calendar/contacts/", PLANS, 200),
    staff("staff/plans/calendar/contacts/<slug:organisation_code>/", "W", 200, 200, at="staff/plans/calendar/contacts/{house}/", records="own foreign", also={"OTCD": "own"}),
    staff("staff/plans/calendar/contacts/<slug:organisation_code>/end/", "W", 405, 302, at="staff/plans/calendar/contacts/{house}/end/", records="own foreign", also={"OTCD": "own"}),
    staff("staff/plans/calendar/<slug:campaign_code>/", PLANS, 200, at="staff/plans/calendar/{campaign}/", records="own foreign"),
    staff("staff/plans/calendar/<slug:campaign_code>/edit/", "W", 200, 200, at="staff/plans/calendar/{campaign}/edit/", records="own foreign", also={"OTCD": "own"}),
    staff("staff/plans/calendar/<slug:campaign_code>/cancel/", "W", 200, 200, at="staff/plans/calendar/{campaign}/cancel/", records="own foreign", also={"OTCD": "own"}),
    staff("staff/plans/calendar/<slug:campaign_code>/events/add/", "W", 200, 200, at="staff/plans/calendar/{campaign}/events/add/", records="own foreign", also={"OTCD": "own"}),
    staff("staff/plans/calendar/<slug:campaign_code>/events/<int:event_id>/cancel/", "W", 405, 302, at="staff/plans/calendar/{campaign}/events/{event}/cancel/", records="own foreign", also={"OTCD": "own"}),
    staff("staff/plans/calendar/<slug:campaign_code>/reach/", "W", 200, 200, at="staff/plans/calendar/{campaign}/reach/", records="own foreign", also={"OTCD": "own"}),
    staff("staff/plans/materials/", PLANS, 200),
    staff("staff/plans/materials/add/", UPDATES, 200, 200),
    staff("staff/plans/materials/<int:material_id>/", PLANS, 200, at="staff/plans/materials/{material}/", records="own foreign"),
    staff("staff/plans/materials/<int:material_id>/file/", PLANS, 404, at="staff/plans/materials/{material}/file/", records="own foreign"),
    staff("staff/plans/materials/<int:material_id>/retire/", "W", 405, 302, at="staff/plans/materials/{material}/retire/", records="own foreign", also={"OTCD": "own"}),
    staff("staff/plans/sessions/", PLANS, 200),
    staff("staff/plans/sessions/record/", UPDATES, 200, 200),
    staff("staff/plans/sessions/<int:session_id>/", PLANS, 200, at="staff/plans/sessions/{session}/", records="own foreign"),
    staff("staff/plans/sessions/<int:session_id>/take-back/", "W", 200, 200, at="staff/plans/sessions/{session}/take-back/", records="own foreign", also={"OTCD": "own"}),
    # Steering, meetings and logs: a meeting under way counts as own, a closed one as foreign
    staff("staff/plans/steering/", FIGURES, 200),
    staff("staff/plans/steering/since/", FIGURES, 200),
    staff("staff/plans/steering/waiting/", FIGURES, 200),
    staff("staff/plans/meetings/", FIGURES, 200),
    staff("staff/plans/meetings/new/", "WD", 200, 200),
    staff("staff/plans/meetings/<int:meeting_id>/", "WD", 200, at="staff/plans/meetings/{meeting}/", records="own foreign", also={"JPSNK": "foreign"}),
    staff("staff/plans/meetings/<int:meeting_id>/agenda/", "WD", 405, 302, at="staff/plans/meetings/{meeting}/agenda/", records="own foreign"),
    staff("staff/plans/meetings/<int:meeting_id>/details/", "WD", 200, 200, at="staff/plans/meetings/{meeting}/details/", records="own"),
    staff("staff/plans/meetings/<int:meeting_id>/attendance/", "WD", 200, 302, at="staff/plans/meetings/{meeting}/attendance/", records="own"),
    staff("staff/plans/meetings/<int:meeting_id>/open/", "WD", 405, 302, at="staff/plans/meetings/{meeting}/open/", records="own foreign"),
    staff("staff/plans/meetings/<int:meeting_id>/close/", "WD", 200, 302, at="staff/plans/meetings/{meeting}/close/", records="own"),
    staff("staff/plans/meetings/<int:meeting_id>/call-off/", "WD", 405, 302, at="staff/plans/meetings/{meeting}/call-off/", records="own foreign"),
    staff("staff/plans/meetings/<int:meeting_id>/items/<int:item_id>/", "WD", 200, 200, at="staff/plans/meetings/{meeting}/items/{item}/", records="own"),
    staff("staff/plans/meetings/<int:meeting_id>/paper.pdf", "WD", 200, at="staff/plans/meetings/{meeting}/paper.pdf", records="own foreign", also={"JPSNK": "foreign"}),
    staff("staff/plans/meetings/<int:meeting_id>/paper.docx", "WD", 200, at="staff/plans/meetings/{meeting}/paper.docx", records="own foreign", also={"JPSNK": "foreign"}),
    staff("staff/plans/log/", PLANS, 200),
    staff("staff/plans/log/add/", "WD", 200, 200),
    staff("staff/plans/log/file.csv", PLANS, 200),
    staff("staff/plans/log/file.xlsx", PLANS, 200),
    staff("staff/plans/log/<slug:group>/<int:number>/", FIGURES, 200, at="staff/plans/log/delivery/{entry}/", records="own foreign", also={"OTCHX": "own"}),
    staff("staff/plans/log/<slug:group>/<int:number>/<slug:act>/", "WD", 200, 200, at="staff/plans/log/delivery/{entry}/done/", records="own foreign", also={"OTC": "own"}),
    staff("staff/plans/import/", "W", 200, 200),
    staff("staff/plans/import/template/<slug:kind>/", "W", 200, at="staff/plans/import/template/xlsx/"),
    staff("staff/plans/<slug:code>/export/", PLANS, 200, 200, at="staff/plans/appendix-c/export/"),
    # Changes, and writing plans: one's own plan or draft counts as own, another owner's draft as foreign
    staff("staff/plans/requests/", UPDATES, 200),
    staff("staff/plans/requests/<int:request_id>/", "W", 200, at="staff/plans/requests/{asked}/", records="own foreign", also={"OTCD": "own"}),
    staff("staff/plans/requests/<int:request_id>/decide/", "W", 200, 200, at="staff/plans/requests/{asked}/decide/", records="own foreign"),
    staff("staff/plans/requests/<int:request_id>/take-back/", "O", 200, 302, at="staff/plans/requests/{asked}/take-back/", records="own", also={"TCWD": ""}),
    staff("staff/plans/new/", "W", 200, 200),
    staff("staff/plans/<slug:code>/add/", "W", 200, 200, at="staff/plans/{draft}/add/", records="own"),
    staff("staff/plans/<slug:code>/discard/", "W", 405, 302, at="staff/plans/{thrown}/discard/", records="own"),
    staff("staff/plans/<slug:code>/next/", "W", 200, 200, at="staff/plans/{plan}/next/", records="own"),
    staff("staff/plans/<slug:code>/owner/", "W", 200, 302, at="staff/plans/{draft}/owner/", records="own"),
    staff("staff/plans/<slug:code>/priorities/", "W", 200, 200, at="staff/plans/{draft}/priorities/", records="own"),
    staff("staff/plans/<slug:code>/publish/", "W", 200, 200, at="staff/plans/{plan}/publish/", records="own"),
    staff("staff/plans/<slug:code>/start/", "W", 200, 302, at="staff/plans/{draft}/start/", records="own"),
    staff("staff/plans/<slug:code>/<slug:ref>/ask/", "OTCD", 200, 200, at="staff/plans/{action}/ask/", records="own", also={"W": "own foreign"}),
    staff("staff/plans/<slug:code>/<slug:ref>/close/", "OTCD", 200, 200, at="staff/plans/{action}/close/", records="own", also={"W": "own foreign"}),
    staff("staff/plans/<slug:code>/<slug:ref>/reopen/", "W", 200, 200, at="staff/plans/{action}/reopen/", records="own foreign"),
    staff("staff/plans/<slug:code>/<slug:ref>/edit/", "W", 200, 200, at="staff/plans/{action}/edit/", records="own foreign"),
    staff("staff/plans/<slug:code>/<slug:ref>/measure/", "W", 200, 200, at="staff/plans/{action}/measure/", records="own foreign"),
    staff("staff/plans/<slug:code>/<slug:ref>/milestones/add/", "W", 200, 200, at="staff/plans/{action}/milestones/add/", records="own foreign"),
    staff("staff/plans/<slug:code>/<slug:ref>/milestones/<int:milestone_id>/", "OTCD", 200, 200, at="staff/plans/{action}/milestones/{step}/", records="own", also={"W": "own foreign"}),
    staff("staff/plans/<slug:code>/<slug:ref>/remove/", "W", 405, 302, at="staff/plans/{draft}/D2/remove/", records="own"),
    staff("staff/plans/<slug:code>/<slug:ref>/roll/", "W", 200, 200, at="staff/plans/{action}/roll/", records="own foreign"),
    staff("staff/plans/<slug:code>/", PLANS, 200, at="staff/plans/appendix-c/"),
    staff("staff/plans/<slug:code>/<slug:ref>/", PLANS, 200, at="staff/plans/appendix-c/C1/"),
    staff("staff/plans/<slug:code>/<slug:ref>/history/", PLANS, 200, at="staff/plans/appendix-c/C1/history/"),
    staff("staff/plans/<slug:code>/<slug:ref>/rating/", "W", 200, 200, at="staff/plans/appendix-c/C1/rating/"),
    staff("staff/sog/", FIGURES, 200),
    staff("staff/sog/report/", FIGURES, 200),
    staff("staff/sog/report.pdf", FIGURES, 200),

    # Reporting centres: how they stand, and what is listed of them
    everybody("tell/<str:token>/", 410, 410, at="tell/not-a-link/"),
    everybody("tell/<str:token>/thanks/", 410, at="tell/not-a-link/thanks/"),
    staff("staff/centres/heard/", "HKWD", 200),
    staff("staff/centres/heard/<uuid:heard_id>/", "HKWD", 200, at="staff/centres/heard/{heard}/", records="own foreign"),
    staff("staff/centres/links/", OVERSEE, 200, 200),
    staff("staff/centres/links/<uuid:link_id>/", OVERSEE, 200, at="staff/centres/links/{link}/", records="own foreign"),
    staff("staff/centres/links/<uuid:link_id>/renew/", OVERSEE, 405, 302, at="staff/centres/links/{link}/renew/", records="own foreign"),
    staff("staff/centres/links/<uuid:link_id>/end/", OVERSEE, 405, 302, at="staff/centres/links/{link}/end/", records="own foreign"),
    staff("staff/centres/import/", OVERSEE, 200, 200),
    staff("staff/centres/import/template/<slug:kind>/", OVERSEE, 200, at="staff/centres/import/template/xlsx/"),
    staff("staff/centres/export/", OVERSEE, 200, 200),
    staff("staff/centres/add/", OVERSEE, 200, 200),
    staff("staff/centres/", CENTRES, 200),
    staff("staff/centres/reach/", CENTRES, 200),
    staff("staff/centres/training/", OVERSEE, 200, 200),
    staff("staff/centres/<slug:code>/", CENTRES, 200, at="staff/centres/{centre}/", records="own foreign"),
    staff("staff/centres/<slug:code>/fitness/", OVERSEE, 200, 200, at="staff/centres/{centre}/fitness/", records="own foreign"),
    staff("staff/centres/<slug:code>/agreement/", OVERSEE, 200, 200, at="staff/centres/{centre}/agreement/", records="own foreign"),
    staff("staff/centres/<slug:code>/champions/", OVERSEE, 200, 200, at="staff/centres/{centre}/champions/", records="own foreign"),
    staff("staff/centres/<slug:code>/champions/training/", OVERSEE, 200, 200, at="staff/centres/{centre}/champions/training/", records="own foreign"),
    staff("staff/centres/<slug:code>/champions/<int:champion_id>/stand-down/", OVERSEE, 405, 302, at="staff/centres/{centre}/champions/{champion}/stand-down/", records="own foreign"),
    staff("staff/centres/<slug:code>/visits/", OVERSEE, 200, 200, at="staff/centres/{centre}/visits/", records="own foreign"),
    staff("staff/centres/<slug:code>/visits/<int:visit_id>/", OVERSEE, 200, 200, at="staff/centres/{centre}/visits/{visit}/", records="own foreign"),
    staff("staff/centres/<slug:code>/edit/", OVERSEE, 200, 200, at="staff/centres/{centre}/edit/", records="own foreign"),
    staff("staff/centres/<slug:code>/verify/", OVERSEE, 200, 200, at="staff/centres/{centre}/verify/", records="own foreign"),
    staff("staff/centres/<slug:code>/list/", OVERSEE, 405, 302, at="staff/centres/{centre}/list/", records="own foreign"),
    staff("staff/centres/<slug:code>/suspend/", OVERSEE, 200, 200, at="staff/centres/{centre}/suspend/", records="own foreign"),
    staff("staff/centres/<slug:code>/lift/", OVERSEE, 405, 302, at="staff/centres/{centre}/lift/", records="own foreign"),
    staff("staff/centres/<slug:code>/close/", OVERSEE, 200, 200, at="staff/centres/{centre}/close/", records="own foreign"),
    staff("staff/our-centre/listing/", "M", 200, 200),
    staff("staff/our-centre/confirm/", "M", 200, 302),

    # People
    staff("staff/people/", "MTK", 200),
    staff("staff/people/invite/", "MTK", 200, 200),
    staff("staff/people/invitations/<uuid:invitation_id>/", ADMINISTRATORS, 405, 302, at="staff/people/invitations/{invitation}/", records="own foreign", also={"T": "own", "M": ""}),
    staff("staff/people/invitations/<uuid:invitation_id>/take-back/", ADMINISTRATORS, 405, 302, at="staff/people/invitations/{invitation}/take-back/", records="own foreign", also={"T": "own", "M": ""}),
    staff("staff/people/<int:person_id>/printed-codes/", ADMINISTRATORS, 200, 200, at="staff/people/{volunteer}/printed-codes/", records="own foreign", also={"M": "own", "T": ""}),
    staff("staff/people/teams/", "MTK", 200, 200),
    staff("staff/people/reviews/", "MTK", 200),
    staff("staff/people/reviews/<int:review_id>/", ADMINISTRATORS, 200, 200, at="staff/people/reviews/{review}/", records="own foreign", also={"T": "own", "M": ""}),
    staff("staff/people/resets/<int:reset_id>/", ADMINISTRATORS, 200, 302, at="staff/people/resets/{reset}/", records="own foreign"),
    staff("staff/people/<int:person_id>/", ADMINISTRATORS, 200, at="staff/people/{person}/", records="own foreign", also={"T": "own", "M": ""}),
    staff("staff/people/<int:person_id>/roles/", ADMINISTRATORS, 200, 200, at="staff/people/{person}/roles/", records="own foreign", also={"T": "own", "M": ""}),
    staff("staff/people/<int:person_id>/move/", ADMINISTRATORS, 200, 200, at="staff/people/{person}/move/", records="own foreign"),
    staff("staff/people/<int:person_id>/reset/", ADMINISTRATORS, 200, 200, at="staff/people/{person}/reset/", records="own foreign"),
    staff("staff/people/<int:person_id>/away/", "T", 200, 200, at="staff/people/{person}/away/", records="own"),
    staff("staff/away/", CASEWORK, 200, 200),
    staff("staff/away/<int:absence_id>/back/", "T", 405, 302, at="staff/away/{absence}/back/", records="own", also={"O": ""}),
    staff("staff/people/<int:person_id>/leaving/", ADMINISTRATORS, 200, 200, at="staff/people/{person}/leaving/", records="own foreign", also={"T": "own", "M": ""}),
    staff("staff/people/<int:person_id>/suspend/", ADMINISTRATORS, 405, 302, at="staff/people/{person}/suspend/", records="own foreign", also={"T": "own", "M": ""}),
    staff("staff/people/<int:person_id>/restore/", ADMINISTRATORS, 405, 302, at="staff/people/{person}/restore/", records="own foreign", also={"T": "own", "M": ""}),

    # The partnership's lists, standards and wording
    staff("staff/partnership/", ADMINISTRATORS, 200),
    staff("staff/partnership/organisations/", ADMINISTRATORS, 200),
    staff("staff/partnership/organisations/add/", ADMINISTRATORS, 200, 200),
    staff("staff/partnership/organisations/<slug:code>/", ADMINISTRATORS, 200, 200, at="staff/partnership/organisations/opcc/"),
    staff("staff/partnership/organisations/<slug:code>/retire/", ADMINISTRATORS, 405, 302, at="staff/partnership/organisations/opcc/retire/"),
    staff("staff/partnership/organisations/<slug:code>/bring-back/", ADMINISTRATORS, 405, 404, at="staff/partnership/organisations/opcc/bring-back/"),
    staff("staff/partnership/areas/", ADMINISTRATORS, 200),
    staff("staff/partnership/areas/rest/", ADMINISTRATORS, 405, 302),
    staff("staff/partnership/areas/<slug:code>/", ADMINISTRATORS, 200, 200, at="staff/partnership/areas/charnwood/"),
    staff("staff/partnership/csps/add/", ADMINISTRATORS, 200, 200),
    staff("staff/partnership/csps/<slug:code>/", ADMINISTRATORS, 200, 200, at="staff/partnership/csps/melton/"),
    staff("staff/partnership/csps/<slug:code>/merge/", ADMINISTRATORS, 200, 200, at="staff/partnership/csps/melton/merge/"),
    staff("staff/partnership/agreements/", ADMINISTRATORS, 200),
    staff("staff/partnership/agreements/add/", ADMINISTRATORS, 200, 200),
    staff("staff/partnership/agreements/<int:agreement_id>/", ADMINISTRATORS, 200, 200, at="staff/partnership/agreements/{agreement}/", records="own foreign"),
    staff("staff/partnership/standards/", ADMINISTRATORS, 200),
    staff("staff/partnership/standards/<slug:code>/", ADMINISTRATORS, 200, 200, at="staff/partnership/standards/update/"),
    staff("staff/partnership/standards/<slug:code>/versions/<int:version>/", ADMINISTRATORS, 405, 404, at="staff/partnership/standards/update/versions/9/"),
    staff("staff/partnership/bank-holidays/", ADMINISTRATORS, 200, 200),
    staff("staff/partnership/bank-holidays/<str:day>/remove/", ADMINISTRATORS, 405, 302, at="staff/partnership/bank-holidays/2026-12-25/remove/"),
    staff("staff/partnership/bank-holidays/<int:year>/by-rule/", ADMINISTRATORS, 405, 302, at="staff/partnership/bank-holidays/2031/by-rule/"),
    staff("staff/partnership/wording/", ADMINISTRATORS, 200),
    staff("staff/partnership/wording/<slug:code>/", ADMINISTRATORS, 200, 200, at="staff/partnership/wording/sharing/"),
    staff("staff/partnership/wording/<slug:code>/history/", ADMINISTRATORS, 200, at="staff/partnership/wording/sharing/history/"),
    staff("staff/partnership/wording/<slug:code>/versions/<int:version>/", ADMINISTRATORS, 405, 404, at="staff/partnership/wording/sharing/versions/9/"),

    # The public's words in other languages
    staff("staff/translations/", "L", 200),
    staff("staff/translations/<slug:code>/", "L", 200, 302, at="staff/translations/ar/"),

    # Audit
    staff("staff/audit/", "U", 200),
    staff("staff/audit/export/", "U", 200, 200),
    staff("staff/audit/access/", "U", 200),

    # Signing in, and one's own account
    signed_in("staff/", 200),
    signed_in("staff/sessions/", 200),
    signed_in("staff/sessions/others/end/", 405, 302),
    signed_in("staff/sessions/<uuid:session_id>/end/", 405, 404, at="staff/sessions/00000000-0000-4000-8000-000000000000/end/"),
    everybody("accounts/organisation/", 200),
    everybody("accounts/organisation/<slug:provider_id>/", 404, 404, at="accounts/organisation/no-such-place/"),
    everybody("accounts/organisation/<slug:provider_id>/back/", 404, at="accounts/organisation/no-such-place/back/"),
    Row("accounts/login/", "accounts/login/", ALL, 302, 302, out=200),
    Row("accounts/logout/", "accounts/logout/", ALL, 200, 302, out=302),
    everybody("accounts/inactive/", 200),
    signed_in("accounts/reauthenticate/", 200, 200, weak=""),
    signed_in("accounts/password/change/", 200, 200),
    everybody("accounts/password/reset/", 200, 200),
    everybody("accounts/password/reset/done/", 200),
    everybody("accounts/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$", 200, 200, at="accounts/password/reset/key/1-not-a-key/"),
    everybody("accounts/password/reset/key/done/", 200),
    signed_in("accounts/2fa/", 200, weak=""),
    signed_in("accounts/2fa/authenticate/", 302, 302, weak=""),
    signed_in("accounts/2fa/reauthenticate/", 302, 302),
    signed_in("accounts/2fa/app/activate/", 302, 302, weak=""),
    signed_in("accounts/2fa/app/deactivate/", 404, 404),
    signed_in("accounts/2fa/recovery-codes/", 404),
    signed_in("accounts/2fa/recovery-codes/generate/", 302, 302),
    signed_in("accounts/2fa/passkeys/", 200),
    signed_in("accounts/2fa/passkeys/add/", 302, 302, weak=""),
    signed_in("accounts/2fa/passkeys/reauthenticate/", 302, 302),
    signed_in("accounts/2fa/passkeys/<int:pk>/remove/", 302, 302, at="accounts/2fa/passkeys/1/remove/"),
    signed_in("accounts/2fa/passkeys/<int:pk>/edit/", 302, 302, at="accounts/2fa/passkeys/1/edit/"),
]
# fmt: on

"""Every table of the database: behind the row policies, or open to all who serve, and then why.

A table that is in neither list fails the tests. Whoever adds one decides here, in a sentence that can be argued with.
"""

# Rows of reports and cases: in every scope but its own organisation's (and the worker's) they do not exist.
PROTECTED = (
    "casework_case",
    "casework_caseevent",
    "casework_casereport",
    "casework_keeping",
    "casework_legalhold",
    "casework_person",
    "casework_personsign",
    "casework_sameperson",
    "files_picture",
    "files_sealedfile",
    "files_sealedpart",
    "reporting_equalityanswers",
    "reporting_addition",
    "reporting_centrerecord",
    "reporting_messagefromreporter",
    "reporting_evidence",
    "reporting_report",
    "reporting_reportaccess",
    "reporting_reportbar",
    "reporting_reportermessage",
    "reporting_reporterword",
    "reporting_reportgrant",
    "reporting_riskassessment",
    "reporting_reporterrequest",
    "reporting_sharingpreference",
    "reporting_surveyanswer",
    "reporting_surveyinvitation",
    "reporting_suspect",
)
# Of these the policies let everybody read and add, and only the worker change and remove.
PROTECTED_FROM_CHANGE = {
    "vault_datakey": "A data key is itself sealed under a key outside the database, and what it opens is protected.",
}

STAFF = "Staff must be found before anybody is known; names and work addresses of staff, no person's report."
SIGN_IN = "Asked while somebody signs in, before anybody is known; secrets in it are sealed or hashed."
REFERENCE = "The partnership's own lists, which every page and every organisation shows."
PLAN = "Plans are shared by all organisations; no person is named but staff."
CENTRES = (
    "About reporting centres, which every organisation sees; names staff of centres, no person's report."
)
DJANGO = "Django's own bookkeeping; no row of ours."
TRAIL = "Insert-only by grant and trigger; holds codes, ids and counts, never a person's words."

OPEN = {
    "account_emailaddress": STAFF,
    "account_emailconfirmation": SIGN_IN,
    "actionplans_action": PLAN,
    "actionplans_action_blocked_by": PLAN,
    "actionplans_action_districts": PLAN,
    "actionplans_action_supporting": PLAN,
    "actionplans_actionplan": PLAN,
    "actionplans_actionversion": PLAN,
    "actionplans_campaign": PLAN,
    "actionplans_campaign_districts": PLAN,
    "actionplans_campaign_partners": PLAN,
    "actionplans_campaignevent": PLAN,
    "actionplans_changerequest": PLAN,
    "actionplans_commscontact": PLAN,
    "actionplans_contribution": PLAN,
    "actionplans_definitionadoption": PLAN,
    "actionplans_edition": "Numbers alone, by which a process knows that the plans have changed.",
    "actionplans_evidence": PLAN,
    "actionplans_logchange": PLAN,
    "actionplans_logentry": PLAN,
    "actionplans_material": PLAN,
    "actionplans_measure": PLAN,
    "actionplans_meeting": PLAN,
    "actionplans_meeting_present": PLAN,
    "actionplans_meetingitem": PLAN,
    "actionplans_milestone": PLAN,
    "actionplans_priority": PLAN,
    "actionplans_progressupdate": PLAN,
    "actionplans_ragoverride": PLAN,
    "actionplans_reach": PLAN,
    "actionplans_reminder": PLAN,
    "actionplans_standing": PLAN,
    "actionplans_strategystatement": PLAN,
    "actionplans_trainingsession": PLAN,
    "actionplans_updatecycle": PLAN,
    "actionplans_updatedraft": PLAN,
    "audit_auditevent": TRAIL,
    "audit_seal": TRAIL,
    "audit_trailcheck": TRAIL,
    "auth_group": DJANGO,
    "auth_group_permissions": DJANGO,
    "auth_permission": DJANGO,
    "centres_centreevent": CENTRES,
    "centres_champion": CENTRES,
    "centres_championtraining": CENTRES,
    "centres_fitnessreview": CENTRES,
    "centres_heardthere": "What a school or landlord noticed in a week: codes, no names, no person's report. Its few "
    "words are sealed under a key of their own, and opened one at a time, each time on record.",
    "centres_listingwarning": CENTRES,
    "centres_mysteryvisit": CENTRES,
    "centres_telluslink": "Names of schools and landlords; what is kept of a link finds it, and opens nothing.",
    "centres_verification": CENTRES,
    "django_content_type": DJANGO,
    "django_migrations": DJANGO,
    "django_session": "Asked before anybody is known; signed-in staff, and a draft's id inside a signed value.",
    "llr_hate_demoworld": "One row that says that the world is invented.",
    "mfa_authenticator": SIGN_IN,
    "outbox_outboxentry": "Work that waits: kinds and ids, never a person's words, names or addresses.",
    "partners_absence": STAFF,
    "partners_accessreview": STAFF,
    "partners_accessreviewanswer": STAFF,
    "partners_communitysafetypartnership": REFERENCE,
    "partners_district": REFERENCE,
    "partners_invitation": STAFF,
    "partners_keptform": "All ciphertext, found by an unguessable id, opened for its writer alone, gone in a day.",
    "partners_membership": STAFF,
    "partners_organisation": REFERENCE,
    "partners_organisationgroup": REFERENCE,
    "partners_organisationgroup_members": REFERENCE,
    "partners_postcode": REFERENCE,
    "partners_printedcode": SIGN_IN,
    "partners_referenceversion": REFERENCE,
    "partners_reportingcentre": REFERENCE,
    "partners_secondfactorreset": STAFF,
    "partners_sharingagreement": REFERENCE,
    "partners_sharingagreement_organisations": REFERENCE,
    "partners_signinprovider": SIGN_IN,
    "partners_staffsession": SIGN_IN,
    "partners_team": STAFF,
    "partners_user": STAFF,
    "reporting_draft": "All ciphertext, found only by an unguessable id, before there is a report to belong to.",
    "reporting_phrasecheck": "Words of the portal's own in other languages, and which of the staff checked them.",
    "reporting_practicerun": "Which invented story one of the staff practised on, and how well; no person's report.",
    "reporting_visit": "An unguessable id and a time; nothing leads from it to a report.",
    "socialaccount_socialaccount": SIGN_IN,
    "socialaccount_socialapp": SIGN_IN,
    "socialaccount_socialtoken": SIGN_IN,
    "vault_keyrecord": "Ids and days of keys that are outside the database; no key.",
}

# Functions that run as their owner, whatever the caller may: none. Each would need its reason here.
RUN_AS_OWNER: dict[str, str] = {}

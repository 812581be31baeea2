"""Where a phrase of the public stands, in plain words, for who checks it in another language."""

# The beginning of a place, and what it is called; the first that fits.
PLACES = (
    ("templates/reporting/way_back/", "Coming back with a code"),
    ("templates/reporting/back", "Coming back with a code"),
    ("reporting/views/way_back", "Coming back with a code"),
    ("reporting/views/back", "Coming back with a code"),
    ("templates/reporting/emergency", "When somebody is in danger now"),
    ("templates/reporting/safety", "Staying safe on a phone or computer"),
    ("templates/reporting/start", "The first page"),
    ("templates/reporting/help", "Who can help"),
    ("templates/reporting/language", "When a language is not ready yet"),
    ("templates/reporting/saved", "Saving a report for later"),
    ("templates/reporting/come_back", "Saving a report for later"),
    ("reporting/views/later", "Saving a report for later"),
    ("templates/reporting/sent", "After sending a report"),
    ("reporting/views/sent", "After sending a report"),
    ("templates/reporting/evidence", "Pictures and files"),
    ("reporting/views/evidence", "Pictures and files"),
    ("reporting/forms_of_evidence", "Pictures and files"),
    ("reporting/evidence", "Pictures and files"),
    ("reporting/models/evidence", "Pictures and files"),
    ("files/", "Pictures and files"),
    ("reporting/survey", "The survey at the end"),
    ("templates/reporting/survey/", "The survey at the end"),
    ("reporting/paper", "The form on paper"),
    ("centres/materials", "Posters and cards of reporting centres"),
    ("reporting/strands", "Why somebody was targeted"),
    ("reporting/", "Around the questions"),
    ("templates/reporting/", "Around the questions"),
    ("templates/actionplans/", "The partnership’s plans, for everybody"),
    ("templates/base", "On every page"),
    ("templates/govuk/phones", "Numbers to call"),
    ("templates/govuk/", "On many pages"),
    ("templates/partners/", "Choosing a language"),
    ("templates/", "When a page cannot be shown"),
    ("govuk/", "Fields, and what is wrong with an answer"),
    ("partners/roles", "Who has read a report: names of roles"),
    ("partnership.toml", "Who to call"),
    ("wording/sharing", "Who can see a report"),
    ("wording/status", "How a report stands"),
    ("wording/messages", "Messages that we send"),
)


def place_of(at: str) -> str:
    """'Question Q04', 'The page of questions “what”', or what the part of the portal is called."""
    if at.startswith("page "):
        return f"The page of questions “{at.removeprefix('page ').replace('_', ' ')}”"
    if "/" not in at and "." not in at:
        return f"Question {at}"
    return next((words for beginning, words in PLACES if at.startswith(beginning)), "Other pages")

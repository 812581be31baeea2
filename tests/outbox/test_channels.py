"""E-mails, texts and letters go out under an id of their own, once, or it is known why not."""

from pathlib import Path
from smtplib import SMTPRecipientsRefused
from typing import Any
from uuid import UUID

import pytest
from django.core import mail

from outbox import channels
from outbox.channels import Channel, Fate, Message, NoSuchWay, Refused
from outbox.notify import NotAnAddress, address_lines
from tests.outbox.notify_server import KEY, LETTER_TEMPLATE, TEXT_TEMPLATE, Notify

ID = UUID("7d1cc5f4-0f3e-4f43-b41e-2c2b6b0a7a01")
NO_NOTIFY = {"api_key": "", "url": "", "text": "", "letter": ""}
TEXT = Message(ID, "07700900123", "", "There is an update for you.")
LETTER = Message(ID, "1 High Street\nLoughborough\nLE11 1AA", "An update", "There is an update for you.")


def test_a_text_goes_through_notify_with_its_id_as_the_reference(notify: Notify) -> None:
    channels.send(Channel.TEXT, TEXT)
    assert notify.sent == [
        {
            "kind": "sms",
            "phone_number": "07700900123",
            "template_id": TEXT_TEMPLATE,
            "personalisation": {"text": "There is an update for you."},
            "reference": str(ID),
        }
    ]


def test_a_message_sent_again_goes_out_once(notify: Notify) -> None:
    for _ in range(3):
        channels.send(Channel.TEXT, TEXT)
    assert len(notify.sent) == 1


def test_a_letter_goes_through_notify_line_by_line(notify: Notify) -> None:
    channels.send(Channel.LETTER, LETTER)
    (sent,) = notify.sent
    assert (sent["kind"], sent["template_id"], sent["reference"]) == ("letter", LETTER_TEMPLATE, str(ID))
    assert sent["personalisation"] == {
        "heading": "An update",
        "text": "There is an update for you.",
        "address_line_1": "1 High Street",
        "address_line_2": "Loughborough",
        "address_line_3": "LE11 1AA",
    }


@pytest.mark.parametrize(
    ("channel", "message", "said"),
    [
        (Channel.TEXT, TEXT, "phone_number Not enough digits"),
        (Channel.LETTER, LETTER, "Must be a real UK postcode"),
    ],
)
def test_a_bad_number_or_address_is_refused_for_good(
    notify: Notify, channel: Channel, message: Message, said: str
) -> None:
    notify.refuses = said
    with pytest.raises(Refused):
        channels.send(channel, message)


def test_what_is_wrong_with_our_own_set_up_is_tried_again(notify: Notify) -> None:
    notify.refuses = "template_id is not a valid UUID"
    with pytest.raises(ConnectionError):
        channels.send(Channel.TEXT, TEXT)


def test_what_notify_answers_is_not_quoted(notify: Notify, caplog: pytest.LogCaptureFixture) -> None:
    notify.refuses = "template_id of 07700900123"
    with pytest.raises(ConnectionError) as failure:
        channels.send(Channel.TEXT, TEXT)
    assert "07700900123" not in str(failure.value) + caplog.text


def test_notify_that_is_away_is_tried_again(settings: Any) -> None:
    settings.NOTIFY = {"api_key": KEY, "url": "http://127.0.0.1:9", "text": TEXT_TEMPLATE, "letter": ""}
    with pytest.raises(ConnectionError):
        channels.send(Channel.TEXT, TEXT)


@pytest.mark.parametrize(
    ("state", "fate"),
    [
        ("sending", Fate.ON_ITS_WAY),
        ("delivered", Fate.ARRIVED),
        ("received", Fate.ARRIVED),
        ("permanent-failure", Fate.FAILED),
        ("technical-failure", Fate.FAILED),
    ],
)
def test_what_became_of_it_is_known(notify: Notify, state: str, fate: Fate) -> None:
    channels.send(Channel.TEXT, TEXT)
    notify.states[str(ID)] = state
    assert channels.fate(Channel.TEXT, ID) is fate


@pytest.mark.parametrize("address", ["1 High Street", "LE11 1AA", "", "a\nb\nc\nd\ne\nf\ng\nh"])
def test_an_address_with_too_few_or_too_many_lines_is_none(address: str) -> None:
    with pytest.raises(NotAnAddress):
        address_lines(address)


def test_an_address_in_one_line_is_taken_apart_at_its_commas() -> None:
    assert list(address_lines("1 High Street, Loughborough, LE11 1AA").values()) == [
        "1 High Street",
        "Loughborough",
        "LE11 1AA",
    ]


def test_without_notify_texts_and_letters_are_files_that_can_be_read(settings: Any, tmp_path: Path) -> None:
    settings.NOTIFY, settings.MESSAGE_FOLDER = NO_NOTIFY, tmp_path / "messages"
    for _ in range(2):
        channels.send(Channel.TEXT, TEXT)
    channels.send(Channel.LETTER, Message(UUID(int=1), LETTER.to, LETTER.subject, LETTER.text))
    assert sorted(path.name for path in settings.MESSAGE_FOLDER.iterdir()) == [
        f"{UUID(int=1)}.txt",
        f"{ID}.txt",
    ]
    said = (settings.MESSAGE_FOLDER / f"{ID}.txt").read_text()
    assert said == "Text to: 07700900123\n\nThere is an update for you.\n"


def test_production_without_notify_has_no_texts(settings: Any) -> None:
    settings.NOTIFY, settings.MESSAGE_FOLDER = NO_NOTIFY, None
    assert not channels.can_send(Channel.TEXT)
    with pytest.raises(NoSuchWay):
        channels.send(Channel.TEXT, TEXT)


def test_an_email_says_nothing_of_the_portal(settings: Any) -> None:
    settings.REPORTER_FROM_EMAIL = "Messages <no-reply@messages.example>"
    channels.send(Channel.EMAIL, Message(ID, "zaynab@mail.example", "An update", "There is an update."))
    (sent,) = mail.outbox
    assert sent.message()["Message-ID"] == f"<{ID}@messages.example>"
    assert sent.from_email == "Messages <no-reply@messages.example>"
    assert sent.message()["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize(("code", "failure"), [(550, Refused), (450, SMTPRecipientsRefused)])
def test_an_address_that_the_mail_server_does_not_know_is_refused_for_good(
    monkeypatch: pytest.MonkeyPatch, code: int, failure: type[Exception]
) -> None:
    def refuse(*_args: Any, **_more: Any) -> int:
        raise SMTPRecipientsRefused({"zaynab@mail.example": (code, b"no")})

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
    with pytest.raises(failure):
        channels.send(Channel.EMAIL, Message(ID, "zaynab@mail.example", "An update", "x"))

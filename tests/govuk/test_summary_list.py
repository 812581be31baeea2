"""A list of facts shows what was typed as it was typed, and nothing of it as markup."""

from govuk.templatetags.govuk import summary_list


def test_what_was_typed_is_text_line_by_line() -> None:
    shown = summary_list([{"key": "What <b>happened</b>", "value": "They said <script>x</script>\n“& more”"}])
    assert "<script>" not in shown
    assert "<b>" not in shown
    assert "&lt;script&gt;x&lt;/script&gt;<br>“&amp; more”" in shown


def test_a_fact_that_can_be_changed_has_a_link_that_says_what_it_changes() -> None:
    row = {"key": "When", "value": "Friday", "url": '/p/p7/?"x', "hidden": "when it happened"}
    shown = summary_list([row])
    assert 'href="/p/p7/?&quot;x"' in shown
    assert 'Change<span class="govuk-visually-hidden"> when it happened</span>' in shown


def test_a_fact_that_cannot_be_changed_has_none() -> None:
    assert "<a" not in summary_list([{"key": "When", "value": "Friday"}])

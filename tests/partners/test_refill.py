"""What was typed is put back into whatever form the page has, and into no other."""

from partners.refill import refilled

PAGE = """<!DOCTYPE html>
<html><body>
<form method="post" action="/accounts/logout/"><input name="text" value="not this one"></form>
<form method="get" action="/staff/"><input name="text"></form>
<form method="post">
<input type="hidden" name="csrfmiddlewaretoken" value="new token">
<input type="hidden" name="seen" value="7">
<input type="radio" name="risk" value="low" checked><input type="radio" name="risk" value="high">
<input type="checkbox" name="strands" value="race" checked><input type="checkbox" name="strands" value="religion">
<select name="lead"><option value="a" selected>A &amp; B</option><option value="b">B</option></select>
<input type="text" name="line" value="old"><input name="line">
<details class="more"><textarea name="text" rows="3">
old words &lt;here&gt;</textarea></details>
<input type="password" name="secret"><button type="submit" name="act" value="save">Save</button>
</form></body></html>"""
TYPED = {
    "seen": ["5"],
    "risk": ["high"],
    "strands": ["religion"],
    "lead": ["b"],
    "line": ["first", 'second "quoted"'],
    "text": ["\nnew </textarea><script>words</script>"],
    "act": ["save"],
}


def filled(**more: list[str]) -> str:
    page = refilled(PAGE, {**TYPED, **more}, action="/staff/x/")
    assert page
    return page


def test_every_kind_of_field_takes_what_was_typed() -> None:
    page = filled()
    assert '<input type="hidden" name="seen" value="5">' in page
    assert 'name="risk" value="low">' in page
    assert 'name="risk" value="high" checked>' in page
    assert 'value="race">' in page
    assert 'value="religion" checked>' in page
    assert '<option value="a">A &amp; B</option><option value="b" selected>B</option>' in page
    assert 'name="line" value="first"><input name="line" value="second &quot;quoted&quot;">' in page
    assert '<details class="more" open>' in page


def test_what_was_typed_stays_text() -> None:
    page = filled()
    assert "\n\nnew &lt;/textarea&gt;&lt;script&gt;words&lt;/script&gt;</textarea>" in page
    assert "old words" not in page


def test_the_pages_own_protection_and_other_forms_are_left_alone() -> None:
    page = filled()
    assert 'value="new token"' in page
    assert 'value="not this one"' in page
    assert '<form method="get" action="/staff/"><input name="text"></form>' in page
    assert '<input type="password" name="secret"><button type="submit" name="act" value="save">' in page


def test_the_rest_of_the_page_is_as_it_was() -> None:
    before, after = PAGE.split('<form method="post">'), filled().split('<form method="post">')
    assert after[0].startswith(before[0])
    assert "It has not been sent" in after[0]
    assert after[1].endswith("</form></body></html>")


def test_a_page_without_such_a_form_takes_nothing() -> None:
    assert refilled(PAGE, {**TYPED, "another": ["x"]}, action="/staff/x/") is None
    assert refilled("<p>No form</p>", TYPED, action="/staff/x/") is None

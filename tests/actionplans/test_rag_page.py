"""docs/RAG.md is what the rule prints of itself."""

from actionplans.rag import HOLDS, RULES
from actionplans.rag_page import PAGE, page


def test_the_page_in_the_documents_is_the_one_that_the_rule_prints():
    assert PAGE.read_text("utf-8") == page(), "the rule has changed: run ./scripts/print-rag"


def test_every_line_of_the_rule_stands_on_the_page_and_in_its_order():
    text = page()
    places = [text.index(f"| {part.says} |") for part in (*RULES, *HOLDS)]
    assert places == sorted(places)

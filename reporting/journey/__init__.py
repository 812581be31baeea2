"""The journey as data: pages, questions, and the rules between them. No database, no request, no HTML."""

"""The invented world: personas to sign in as, and five years of reports."""

"""Promises of the portal, each shown on running processes: small in the tests, full size by ./scripts/prove."""

"""Keeping keys: adding, rotating and retiring them while the portal runs, and seeing that none is missing."""

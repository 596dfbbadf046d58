"""Linting of contract language: own or shipped wording in, findings out, all faults at once."""

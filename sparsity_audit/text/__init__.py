"""Verdicts, tables and derivations as text."""

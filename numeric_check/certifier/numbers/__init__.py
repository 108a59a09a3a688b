"""Trusted: rational numbers, radicals, logarithms and balls."""

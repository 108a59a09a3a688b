"""Trusted: the rules of inference, by what they speak of."""

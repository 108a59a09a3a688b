"""The claims of the paper, stated in the language."""

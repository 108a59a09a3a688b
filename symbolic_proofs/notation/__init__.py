"""How terms and formulas are written: as text, as LaTeX, as prose."""

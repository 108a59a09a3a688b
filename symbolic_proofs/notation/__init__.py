"""How terms and formulas are written, as text and as LaTeX in lines, and read."""

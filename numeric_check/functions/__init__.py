"""Plain Python functions as measures: how they are called, traced and made exact."""

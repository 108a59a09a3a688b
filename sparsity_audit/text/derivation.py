"""Derivations as text and LaTeX: the steps, their reasons, the conditions that they add."""

from __future__ import annotations

from symbolic_proofs.derivations.derivation import Derivation
from symbolic_proofs.language.claim import Claim
from symbolic_proofs.notation.api import conditions, to_latex, to_text

_ESCAPED = {c: "\\" + c for c in "&%$#_{}"} | {
    "\\": r"\textbackslash{}",
    "^": r"\^{}",
    "~": r"\~{}",
}
_SIGNS = {
    **{"α": r"\alpha", "β": r"\beta", "ε": r"\varepsilon", "μ": r"\mu", "ρ": r"\rho", "τ": r"\tau"},
    **{"≥": r"\ge", "≤": r"\le", "≠": r"\ne", "·": r"\cdot", "×": r"\times", "…": r"\dots"},
    **{"Σ": r"\Sigma", "∞": r"\infty", "⇒": r"\Rightarrow", "⇔": r"\Leftrightarrow", "‖": r"\Vert"},
    **{"|": "|", "<": "<", ">": ">", "∈": r"\in", "ℝ": r"\mathbf{R}", "−": "-"},
}


def derivation_text(claim: Claim, derivation: Derivation) -> str:
    """Return a derivation as text, a numbered step with its reason a paragraph."""
    lines = [f"{claim.id} ({claim.locator})", f"  {to_text(claim.statement)}", ""]
    said = [text for text, _ in conditions((*claim.given, claim.conclusion))]
    lines += [f"for {', '.join(said)}", ""]
    return "\n".join([*lines, derivation.to_text()])


def derivation_latex(claim: Claim, derivation: Derivation) -> str:
    """Return a derivation as LaTeX: a paragraph and an enumerated list; it needs amsmath."""
    return f"{heading_latex(claim)}\n{steps_latex(derivation)}"


def heading_latex(claim: Claim, more: str = "") -> str:
    """Return what a claim is called, with more to say of it, and what it says."""
    title = f"{plain(claim.title)} ({plain(claim.locator)}){more}"
    return f"\\paragraph{{{title}.}}\n\\[ {to_latex(claim.statement)} \\]"


def steps_latex(derivation: Derivation) -> str:
    """Return the steps of a derivation as an enumerated list."""
    lines = [r"\begin{enumerate}"]
    for step in derivation.steps:
        added = ", ".join(f"${to_latex(condition)}$" for condition in step.conditions)
        condition = f" (if {added})" if added else ""
        lines.append(
            rf"  \item $\displaystyle {to_latex(step.formula)}$\\ {plain(step.reason)}{condition}."
        )
    return "\n".join([*lines, r"\end{enumerate}"])


def plain(text: str) -> str:
    """Return words for LaTeX, with nothing in them that it would take for a command."""
    return "".join(_ESCAPED.get(c) or (f"${_SIGNS[c]}$" if c in _SIGNS else c) for c in text)

"use strict";
for (const element of document.querySelectorAll("[data-script]")) element.hidden = false;

// Mathematics. What KaTeX refuses stays as text; a block of a vector stays on one line.
function typeset(tex, span, text) {
  try {
    katex.render(tex.replace(/\\times(?![A-Za-z])/g, "\\times\\nobreak "), span, { strict: "error" });
  } catch (error) {
    span.textContent = text;
    span.classList.add("katex-error");
    span.title = error.message;
  }
}
for (const span of document.querySelectorAll(".math")) {
  if (span.dataset.tex) typeset("\\displaystyle " + span.dataset.tex, span, span.textContent);
}
for (const span of document.querySelectorAll(".prose")) {
  span.replaceChildren(...JSON.parse(span.dataset.pieces).map((piece, place) => {
    if (place % 2 === 0) return piece;
    const inner = document.createElement("span");
    typeset(piece, inner, piece);
    return inner;
  }));
}

// Filters act on the rows of the table and on the panels alike.
const filters = document.getElementById("filters");
const claims = [...document.querySelectorAll("[data-words]")];
const rows = claims.filter((claim) => claim.tagName === "TR");
function filter() {
  const data = new FormData(filters);
  const verdicts = data.getAll("verdict");
  const words = data.get("text").toLowerCase().split(/\s+/).filter(Boolean);
  for (const claim of claims) {
    const { verdict, section, words: text } = claim.dataset;
    claim.hidden = !verdicts.includes(verdict)
      || (data.get("section") && data.get("section") !== section)
      || !words.every((word) => text.includes(word));
  }
  for (const part of document.querySelectorAll(".part")) {
    part.hidden = ![...part.querySelectorAll(".claim")].some((claim) => !claim.hidden);
  }
  const shown = rows.filter((row) => !row.hidden).length;
  filters.querySelector("output").textContent = `${shown} of ${rows.length} claims`;
}
filters.addEventListener("input", filter);
filters.addEventListener("reset", () => setTimeout(filter));
filters.addEventListener("submit", (event) => event.preventDefault());

// A link to a claim opens its panel, also where a filter had hidden it.
function reveal() {
  const panel = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!panel?.matches(".panel")) return;
  if (panel.closest("[hidden]")) filters.reset(), filter();
  panel.open = true;
  panel.scrollIntoView();
  panel.querySelector("summary").focus({ preventScroll: true });
}
addEventListener("hashchange", reveal);
document.addEventListener("click", (event) => {
  const link = event.target.closest?.('a[href^="#"]');
  if (link && link.hash === location.hash) reveal();
});

for (const button of document.querySelectorAll("button.all")) {
  button.addEventListener("click", () => {
    const open = button.getAttribute("aria-expanded") !== "true";
    for (const step of button.closest("section").querySelectorAll(".steps details")) step.open = open;
    button.setAttribute("aria-expanded", open);
    button.textContent = open ? "Close all steps" : "Open all steps";
  });
}

// What can be scrolled sideways can be reached by keyboard; it is only known once it is shown.
const sizes = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth && !target.closest("summary")) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
  }
});
for (const box of document.querySelectorAll(".scroll")) sizes.observe(box);

const theme = document.getElementById("theme");
const root = document.documentElement;
const isDark = () => (root.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
theme.setAttribute("aria-pressed", isDark());
theme.addEventListener("click", () => {
  root.dataset.theme = isDark() ? "light" : "dark";
  theme.setAttribute("aria-pressed", isDark());
});

// On paper every panel is open.
let closed = [];
addEventListener("beforeprint", () => {
  closed = [...document.querySelectorAll(".panel:not([open])")];
  for (const panel of closed) panel.open = true;
});
addEventListener("afterprint", () => {
  for (const panel of closed) panel.open = false;
});
filter();
reveal();

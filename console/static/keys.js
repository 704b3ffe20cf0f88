// The keyboard: [data-key="n"] is pressed by N. Single letters only outside of fields; Ctrl+Enter sends the form one is in.
const dialog = document.getElementById("keys");
const typing = (element) => element.closest("input:not([type=radio],[type=checkbox]), textarea, select, [contenteditable]");

function rows() {
  return [...document.querySelectorAll("[data-rows] :is([data-row], [data-link])")];
}

function move(step) {
  const all = rows();
  if (!all.length) return;
  const here = all.indexOf(document.activeElement);
  const current = here >= 0 ? here : all.findIndex((row) => row.hasAttribute("aria-current"));
  const next = all[Math.min(all.length - 1, Math.max(0, current + step))];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}

function press(key) {
  const target = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].find((one) => one.offsetParent !== null);
  if (!target) return false;
  // S and M only lead to their button: sending somebody is one press more, seen before it is done. A field is entered.
  if (key === "s" || key === "m" || typing(target)) { target.focus(); target.scrollIntoView({ block: "nearest" }); }
  else target.click();
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.altKey) return;
  if (event.ctrlKey || event.metaKey) {
    const form = event.key === "Enter" ? event.target.closest("form") : null;
    const button = form?.querySelector("[data-submit]");
    if (button) { event.preventDefault(); button.click(); }
    return;
  }
  if (event.key === "Escape" && typing(event.target)) { event.target.blur(); return; }
  if (typing(event.target) || dialog?.open) return;
  const key = event.key.toLowerCase();
  if (event.key === "?") { event.preventDefault(); dialog.showModal(); }
  else if (key === "j" || key === "k") { event.preventDefault(); move(key === "j" ? 1 : -1); }
  else if (press(key)) event.preventDefault();
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-keys]")) dialog.showModal();
  const closer = event.target.closest("[data-closes]");
  if (closer) closer.closest(closer.dataset.closes).remove();
  for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});

function mark() {
  for (const row of document.querySelectorAll("[data-row]")) {
    if (row.pathname === location.pathname) row.setAttribute("aria-current", "page");
    else row.removeAttribute("aria-current");
  }
}
mark();
document.addEventListener("htmx:after:swap", mark);
document.querySelector("[data-first]")?.focus({ preventScroll: true });

// Forms: drafts kept in this browser, one deed a press, what was refused brought into view.
const person = document.querySelector('meta[name="person"]')?.content ?? "";
const DRAFT_MS = 12 * 3600 * 1000;
const name = (form) => `draft ${person} ${form.dataset.draft}`;
// Identity numbers stay out of drafts: they are typed once more rather than kept on a computer that several people use.
const kept = (one) => one.name && one.type !== "submit" && !["_form", "_from"].includes(one.name) && !one.hasAttribute("data-private");
const fields = (form) => [...form.elements].filter(kept);

function keep(form) {
  const values = {};
  for (const one of fields(form)) {
    if (one.type === "radio" || one.type === "checkbox") { if (one.checked) values[one.name] = one.value; }
    else if (one.value) values[one.name] = one.value;
  }
  const typed = Object.keys(values).some((key) => key !== "_key" && values[key] !== form.querySelector(`[name="${key}"] [selected]`)?.value);
  if (!typed) return;
  localStorage.setItem(name(form), JSON.stringify({ at: Date.now(), values }));
  const state = form.querySelector("[data-draft-state]");
  if (state) state.hidden = false;
}

function restore(form) {
  const draft = JSON.parse(localStorage.getItem(name(form)) ?? "null");
  if (!draft) return;
  if (Date.now() - draft.at > DRAFT_MS) { localStorage.removeItem(name(form)); return; }
  for (const one of fields(form)) {
    if (!(one.name in draft.values)) continue;
    if (one.type === "radio" || one.type === "checkbox") one.checked = draft.values[one.name] === one.value;
    else one.value = draft.values[one.name];
  }
  const state = form.querySelector("[data-draft-state]");
  if (state) state.hidden = false;
}

function prepare() {
  for (const form of document.querySelectorAll("form[data-draft]:not([data-ready])")) {
    form.dataset.ready = "";
    restore(form);
    form.addEventListener("input", () => keep(form));
  }
  document.querySelector("[data-focus]:not([data-seen])")?.focus();
  for (const one of document.querySelectorAll("[data-focus]")) one.dataset.seen = "";
}

// A key stays with its form until its deed is known to be done: pressing again after no answer is the same deed.
function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

// A second press while the first is on its way is no second deed.
document.addEventListener("htmx:before:request", (event) => {
  const form = event.target.closest?.("form[data-once]");
  if (!form) return;
  if (form.classList.contains("is-sending")) event.preventDefault();
  if (form.dataset.draft) keep(form);
  form.classList.add("is-sending");
});
document.addEventListener("htmx:finally:request", (event) => {
  const form = event.target.closest?.("form[data-once]");
  if (!form) return;
  form.classList.remove("is-sending");
  const status = event.detail?.ctx?.response?.status ?? 0;
  const notice = document.getElementById("notice");
  if (status === 0) {  // this server itself did not answer
    notice.replaceChildren(document.getElementById("not-sent").content.cloneNode(true));
    prepare();
  }
  if (status < 200 || status >= 400) return;
  if (form.dataset.draft) localStorage.removeItem(name(form));
  for (const one of form.querySelectorAll("[hx-morph-skip]:not([data-once-key])")) one.removeAttribute("hx-morph-skip");
  const key = form.querySelector("[data-once-key]");
  if (key) key.value = newKey();
});
document.addEventListener("htmx:after:swap", prepare);

// What somebody types in a part that renews itself is theirs until it was sent: no live change writes over it.
document.addEventListener("input", (event) => {
  if (event.target.closest("[data-live]")) event.target.setAttribute("hx-morph-skip", "");
});

for (const form of document.querySelectorAll("form[data-signs-out]")) {
  form.addEventListener("submit", () => {
    for (const key of Object.keys(localStorage)) if (key.startsWith("draft ")) localStorage.removeItem(key);
  });
}
prepare();

// Who is left out of a grant, kept over the pages of the list until it is sent.
const form = document.querySelector("form[data-leave-out]");
const name = `leave-out ${form?.dataset.leaveOut}`;
const left = new Set(JSON.parse(sessionStorage.getItem(name) ?? "[]"));
const said = form?.querySelector("[data-left-out]");

function show() {
  for (const one of form.querySelectorAll("[data-leave-id]")) one.remove();
  for (const id of left) {
    const field = Object.assign(document.createElement("input"), { type: "hidden", name: "leave_out", value: id });
    field.dataset.leaveId = "";
    form.append(field);
  }
  said.textContent = left.size ? said.dataset.text.replace("{number}", left.size) : "";
}

if (said) {
  for (const box of form.querySelectorAll("[data-keep]")) box.checked = !left.has(box.dataset.keep);
  form.addEventListener("change", ({ target }) => {
    if (!("keep" in target.dataset)) return;
    if (target.checked) left.delete(target.dataset.keep);
    else left.add(target.dataset.keep);
    sessionStorage.setItem(name, JSON.stringify([...left]));
    show();
  });
  show();
} else if (form) sessionStorage.removeItem(name);

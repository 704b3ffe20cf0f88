// The numbers of a list: typed and Enter, or pressed; how many are marked is shown.
const form = document.querySelector("form[data-count]");
const counted = form?.querySelector("[data-counted]");
const typed = form?.querySelector("[data-number]");
const boxes = () => [...form.querySelectorAll(".numbers input[type=checkbox]")];

function count() {
  if (counted) counted.textContent = boxes().filter((one) => one.checked).length;
}

if (form) {
  form.addEventListener("change", count);
  typed?.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.ctrlKey) return;
    event.preventDefault();
    for (const number of typed.value.split(/[^0-9]+/).filter(Boolean)) {
      const box = boxes().find((one) => one.value === String(Number(number)));
      if (box) { box.checked = true; box.scrollIntoView({ block: "nearest" }); }
    }
    typed.value = "";
    count();
  });
  count();
}

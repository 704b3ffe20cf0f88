// Lines for sessions: two to begin with, one more when asked for; without script all of them are there.
function tidy() {
  for (const fieldset of document.querySelectorAll("#sessions:not([data-tidy])")) {
    fieldset.dataset.tidy = "";
    const filled = (line) => [...line.querySelectorAll("input")].some((one) => one.value);
    [...fieldset.querySelectorAll(".session")].forEach((line, index) => { line.hidden = index > 1 && !filled(line); });
    fieldset.querySelector("[data-one-more]").hidden = false;
  }
}
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-one-more]");
  if (!button) return;
  const later = button.closest("fieldset").querySelectorAll(".session[hidden]");
  if (later.length) {
    later[0].hidden = false;
    later[0].querySelector("input").focus();
  }
  button.hidden = later.length <= 1;
});
document.addEventListener("htmx:after:swap", tidy);
tidy();

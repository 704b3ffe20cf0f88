// Sending a file with its progress; without script the form is sent as any other.
// The document listens, not the form: a part of a page that renews itself brings forms of its own.
document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-upload]");
  if (!form) return;
  event.preventDefault();
  if (form.classList.contains("is-sending")) return;
  form.classList.add("is-sending");
  const bar = form.querySelector("progress");
  bar.hidden = false;
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.upload.addEventListener("progress", (sent) => { if (sent.lengthComputable) bar.value = (100 * sent.loaded) / sent.total; });
  request.addEventListener("load", () => {
    form.classList.remove("is-sending");
    bar.hidden = true;
    // A redirect has been followed: go there; else the page that came back says what was wrong.
    if (request.status < 300) location.href = request.responseURL;
    else show(request.responseText);
  });
  request.addEventListener("error", () => {
    form.classList.remove("is-sending");
    bar.hidden = true;
    document.getElementById("notice").replaceChildren(document.getElementById("not-sent").content.cloneNode(true));
  });
  request.send(new FormData(form));
});

function show(text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const said = [...page.querySelectorAll("main .summary, main .notice, main h1, main p")].slice(0, 3);
  const notice = document.getElementById("notice");
  notice.replaceChildren(...(page.querySelector(".summary, .notice") ? [page.querySelector(".summary, .notice")] : said));
  notice.firstElementChild?.focus();
}

// Live lists: the server says which topics have changed, the lists ask for themselves again. Nothing here moves the focus.
const STALE_MS = 5000;
const address = document.querySelector('meta[name="live"]')?.content;
const pill = document.getElementById("live");
const word = document.getElementById("live-word");
const banner = document.getElementById("stale");
let heardAt = performance.now();
let freshAt = new Date();
let fresh = null;
let source = null;

const wib = new Intl.DateTimeFormat(document.documentElement.lang, {
  hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23", timeZone: "Asia/Jakarta",
});

const GATHER_MS = 250;
const soon = new Map();

// A list that several events concern is asked for once: at once the first time, then at most four times a second.
function tell(list) {
  const last = soon.get(list) ?? 0;
  const now = performance.now();
  if (now < last) return;
  const wait = Math.max(0, last + GATHER_MS - now);
  soon.set(list, now + wait);
  setTimeout(() => { if (list.isConnected) htmx.trigger(list, "live"); else soon.delete(list); }, wait);
}

function concerns(list, topics) {
  const named = list.dataset.live.split(" ");
  return named.some((one) => topics.some((topic) => `${one}.`.startsWith(`${topic}.`) || `${topic}.`.startsWith(`${one}.`)));
}

// Without topics all lists; one about a single thing only if that is named, or nobody knows what it was.
function renew(topics, about) {
  for (const list of document.querySelectorAll("[data-live]")) {
    if (topics && !concerns(list, topics)) continue;
    if (topics && about && list.dataset.subject && !about.includes(list.dataset.subject)) continue;
    tell(list);
  }
}

function show(now, straight) {
  if (now && fresh === false) renew();  // what could not be asked for meanwhile
  if (now) freshAt = new Date();
  fresh = now;
  pill.classList.toggle("is-fresh", now);
  pill.classList.toggle("is-stale", !now);
  word.textContent = now ? (straight ? pill.dataset.straight : pill.dataset.fresh) : pill.dataset.stale;
  document.getElementById("live-time").textContent = wib.format(freshAt);
  document.getElementById("stale-since").textContent = wib.format(freshAt);
  banner.hidden = now;
}

function listen() {
  source = new EventSource(address);
  source.addEventListener("beat", (event) => {
    heardAt = performance.now();
    const { fresh: now, source: from } = JSON.parse(event.data);
    show(now, from === "services");
  });
  source.addEventListener("change", (event) => { 
    heardAt = performance.now();
    const { topics, about } = JSON.parse(event.data);
    renew(topics, about);
  });
  source.addEventListener("resync", () => { heardAt = performance.now(); renew(); });
  source.addEventListener("renew", () => { source.close(); setTimeout(listen, 500); });
  source.onerror = () => {
    // A browser gives up after a reply that is no stream, such as one that asks to log in.
    if (source.readyState === EventSource.CLOSED) setTimeout(listen, 2000);
  };
}

if (address) {
  listen();
  setInterval(() => { if (performance.now() - heardAt > STALE_MS) show(false); }, 500);
  addEventListener("pagehide", () => source.close());
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
}

// Ages of calls and incidents, in minutes.
const minute = new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit: "minute", unitDisplay: "short" });
const hour = new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit: "hour", unitDisplay: "short" });
function ages() {
  for (const time of document.querySelectorAll("time[data-age]")) {
    const minutes = Math.max(0, Math.floor((Date.now() - Date.parse(time.dateTime)) / 60000));
    const text = minutes < 120 ? minute.format(minutes) : hour.format(Math.floor(minutes / 60));
    if (time.textContent !== text) time.textContent = text;
  }
}
ages();
setInterval(ages, 10000);
document.addEventListener("htmx:after:swap", ages);

// A sound for each red incident that comes without a unit. Who silences it sees that it is silent.
const button = document.querySelector("[data-sound]");
const known = new Set();
let audio = null;

function waitingReds() {
  return [...document.querySelectorAll("[data-red-waiting]")].map((row) => row.id);
}

function play() {
  button.dataset.played = Number(button.dataset.played ?? 0) + 1;
  audio ??= new AudioContext();
  for (const [number, pitch] of [880, 660, 880].entries()) {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = pitch;
    volume.gain.value = 0.15;
    tone.connect(volume).connect(audio.destination);
    tone.start(audio.currentTime + number * 0.22);
    tone.stop(audio.currentTime + number * 0.22 + 0.18);
  }
}

function listen() {
  const fresh = waitingReds().filter((id) => !known.has(id));
  for (const id of fresh) known.add(id);
  if (fresh.length && localStorage.getItem("silent") !== "yes") play();
}

function show() {
  const silent = localStorage.getItem("silent") === "yes";
  button.setAttribute("aria-pressed", String(silent));
  button.querySelector("[data-sound-word]").textContent = silent ? button.dataset.off : button.dataset.on;
}

if (button) {
  for (const id of waitingReds()) known.add(id);
  show();
  button.addEventListener("click", () => {
    localStorage.setItem("silent", localStorage.getItem("silent") === "yes" ? "no" : "yes");
    show();
  });
  document.addEventListener("htmx:after:swap", listen);
}

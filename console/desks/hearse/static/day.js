// Moving a trip to another car: dragged there, or with Alt and the arrows. Nothing is moved before it is confirmed.
const dialog = document.getElementById("move");
const form = dialog?.querySelector("form");
const cars = () => [...document.querySelectorAll(".car")];

function ask(trip, car) {
  if (!car || car === trip.dataset.car) return;
  form.elements.booking.value = trip.dataset.booking;
  form.elements.pickup_at.value = trip.dataset.pickup;
  form.elements.vehicle_id.value = car;
  document.getElementById("move-what").textContent = `${trip.getAttribute("aria-label")}: ${trip.dataset.car} → ${car}`;
  dialog.showModal();
}

function carAt(event) {
  return cars().find((car) => {
    const box = car.querySelector(".row-ground").getBoundingClientRect();
    return event.clientY >= box.top && event.clientY < box.bottom;
  });
}

let dragged = null;
document.addEventListener("pointerdown", (event) => {
  const trip = event.target.closest("[data-movable]");
  if (trip && event.button === 0) dragged = { trip, from: event.clientY, moved: false };
});
document.addEventListener("pointermove", (event) => {
  if (!dragged) return;
  dragged.moved ||= Math.abs(event.clientY - dragged.from) > 8;
  if (!dragged.moved) return;
  dragged.trip.classList.add("is-dragged");
  const over = carAt(event);
  for (const car of cars()) car.classList.toggle("is-target", car === over);
});
document.addEventListener("pointerup", (event) => {
  if (!dragged) return;
  const { trip, moved } = dragged;
  dragged = null;
  trip.classList.remove("is-dragged");
  for (const car of cars()) car.classList.remove("is-target");
  if (!moved) return;
  // The click that follows a drag must not open the booking.
  addEventListener("click", (click) => click.preventDefault(), { capture: true, once: true });
  setTimeout(() => ask(trip, carAt(event)?.dataset.car), 0);
});
document.addEventListener("dragstart", (event) => { if (event.target.closest?.("[data-movable]")) event.preventDefault(); });

document.addEventListener("keydown", (event) => {
  if (!event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
  const trip = event.target.closest("[data-movable]");
  if (!trip) return;
  event.preventDefault();
  const all = cars().map((car) => car.dataset.car);
  ask(trip, all[all.indexOf(trip.dataset.car) + (event.key === "ArrowDown" ? 1 : -1)]);
});
dialog?.querySelector("[data-cancel]").addEventListener("click", () => dialog.close());
form?.addEventListener("htmx:finally:request", () => dialog.close());

// The map: boundaries, units, facilities, incidents, drawn from our own data. A click in a form's map sets its place.
const place = document.getElementById("map");
const COLOURS = { merah: "#b3261e", kuning: "#e0a100", hijau: "#1f7a45", hitam: "#222222", none: "#4d5d6e" };
const UNITS = { available: "#1f7a45", committed: "#0b4f6c", out_of_service: "#b3261e", off_duty: "#8797a6" };

// The map takes a string as HTML; names are typed by people, so it gets an element instead.
function text(value) {
  const element = document.createElement("span");
  element.textContent = value;
  return element;
}

function sign(kind, state, label) {
  const icon = L.divIcon({ className: `sign sign-${kind} sign-${state}`, html: "", iconSize: null });
  icon.createIcon = function (old) {
    const element = L.DivIcon.prototype.createIcon.call(this, old);
    element.append(text(label));
    return element;
  };
  return icon;
}

async function ask(address) {
  try {
    return await fetch(address);
  } catch {
    return null;  // no answer
  }
}

function at(thing) {
  return [thing.at[1], thing.at[0]];
}

async function draw() {
  const map = L.map(place, { attributionControl: false, zoomSnap: 0.25, minZoom: 10, keyboard: true });
  map.setView([-6.18, 106.65], 12);
  const reply = await ask(place.dataset.boundaries);
  if (reply?.ok) {
    const kelurahan = L.geoJSON(await reply.json(), {
      style: { color: "#8fa3b3", weight: 1, fillColor: "#ffffff", fillOpacity: 0.9 },
      onEachFeature: (feature, layer) => layer.bindTooltip(text(feature.properties.name), { sticky: true, className: "kelurahan" }),
    }).addTo(map);
    if (kelurahan.getLayers().length) map.fitBounds(kelurahan.getBounds(), { padding: [8, 8] });
  }
  const far = () => place.classList.toggle("is-far", map.getZoom() < 13);
  map.on("zoomend", far);
  far();
  const layers = { units: L.layerGroup().addTo(map), facilities: L.layerGroup().addTo(map), incidents: L.layerGroup().addTo(map) };
  let chosen = null;

  async function renew() {
    const now = await ask(place.dataset.now);
    if (!now?.ok) return;  // what is drawn stays; the page says that it is old
    const { units, facilities, incidents } = await now.json();
    for (const layer of Object.values(layers)) layer.clearLayers();
    for (const one of facilities) {
      L.marker(at(one), { icon: sign("facility", one.state, "H"), title: one.text, alt: one.text, keyboard: false }).addTo(layers.facilities);
    }
    for (const one of units) {
      L.marker(at(one), { icon: sign("unit", one.state, one.id), title: one.text, alt: one.text, keyboard: false }).addTo(layers.units);
    }
    for (const one of incidents) {
      const mine = one.id === place.dataset.subject;
      const dot = L.circleMarker(at(one), {
        radius: mine ? 12 : 8, weight: mine ? 4 : 2, color: mine ? "#c2570c" : "#ffffff", fillColor: COLOURS[one.triage], fillOpacity: 1,
      }).bindTooltip(text(one.text));
      dot.on("click", () => { location.href = `/gawat-darurat/insiden/${one.id}`; });
      dot.addTo(layers.incidents);
      if (mine && !chosen) { chosen = at(one); map.setView(chosen, 14); }
    }
    place.dataset.drawn = units.length + facilities.length + incidents.length;
  }

  const field = document.getElementById("location");
  if (field) {
    let pin = null;
    map.on("click", (event) => {
      const { lat, lng } = event.latlng;
      field.value = `${lat.toFixed(5)}, ${lng.toFixed(5)}`;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      pin = pin ?? L.circleMarker(event.latlng, { radius: 10, weight: 4, color: "#c2570c", fillOpacity: 0.2 }).addTo(map);
      pin.setLatLng(event.latlng);
    });
  }
  await renew();
  place.addEventListener("live", renew);
  setInterval(renew, 5000);
}

if (place) draw();

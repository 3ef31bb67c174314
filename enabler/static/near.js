// Draws the list as a map: its marks are made from the list, so both show the same, in one order.
// The page is whole without it.
const box = document.getElementById('map')
const spots = [...document.querySelectorAll('#spots .spot')]
const still = matchMedia('(prefers-reduced-motion: reduce)').matches
const calm = { zoomAnimation: !still, fadeAnimation: !still, markerZoomAnimation: !still }

box.closest('section').hidden = false
const map = L.map(box, { attributionControl: false, zoomControl: false, scrollWheelZoom: false, inertia: !still, ...calm })
L.control.zoom({ zoomInTitle: box.dataset.larger, zoomOutTitle: box.dataset.smaller }).addTo(map)
if (box.dataset.tiles) L.tileLayer(box.dataset.tiles, { referrerPolicy: 'origin', maxZoom: 18 }).addTo(map)

// A mark says its words where the map is near enough, else the two numbers alone.
function say(kind, words) {
  const part = document.createElement('span')
  part.className = kind
  part.textContent = words
  part.ariaHidden = String(kind !== 'govuk-visually-hidden')
  return part
}

const marks = spots.map((spot) => {
  const link = spot.querySelector('a').cloneNode(true)
  const counts = spot.querySelector('[data-counts]').textContent
  const { asks, offers } = spot.dataset
  const name = say('govuk-visually-hidden', `${link.textContent}: ${counts}`)
  link.replaceChildren(name, say('mark__words', counts))
  if (Number(asks)) link.append(say('mark__asks', asks))
  if (Number(offers)) link.append(say('mark__offers', offers))
  link.className = 'mark'
  link.draggable = false
  link.addEventListener('click', (event) => map.dragging.moved() && event.preventDefault())
  const icon = L.divIcon({ html: link, className: 'mark-at', iconSize: null })
  const at = [Number(spot.dataset.lat), Number(spot.dataset.lon)]
  return L.marker(at, { icon, keyboard: false, interactive: false }).addTo(map)
})
map.on('zoomend', () => box.classList.toggle('is-near', map.getZoom() >= 15))
const shown = L.featureGroup(marks)
if (marks.length) map.fitBounds(shown.getBounds().pad(0.2), { maxZoom: 15, animate: false })
else map.setView([54.5, -2.5], 5)

const answer = await fetch(box.dataset.outlines)
if (answer.ok) {
  const wards = L.geoJSON(await answer.json(), {
    style: () => ({ className: 'ward', weight: 1.5 }),
    onEachFeature: (ward, layer) => {
      const name = document.createElement('span') // a string would be read as HTML
      name.textContent = ward.properties.name
      layer.bindTooltip(name, { sticky: true })
      layer.on('click', () => { location = `${box.dataset.ward}?ward=${encodeURIComponent(ward.properties.code)}` })
    },
  }).addTo(map)
  wards.bringToBack()
  if (!marks.length && wards.getLayers().length) map.fitBounds(wards.getBounds(), { animate: false })
}

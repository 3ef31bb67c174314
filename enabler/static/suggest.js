// Says what words sound like while somebody types them. It chooses nothing: a press on one of its
// buttons does what the choice below does. The page is whole without it.
const box = document.querySelector('[data-suggest]')
const { suggest, of, chooses } = box.dataset
const form = box.closest('form')
const field = form.elements[of]
const danger = box.querySelector('[data-danger]')
const like = box.querySelector('[data-like]')
const list = like?.querySelector('[role=group]')
const PAUSE = 600
const FEWEST = 8
let waits, asked, last = ''

const choice = (slug) => form.querySelector(`[name="${chooses}"][value="${slug}"]`)

// The list is long: who has chosen by a button goes on by one beside it.
function goOn () {
  const chosen = [...list.children].some((button) => button.ariaPressed === 'true')
  const beside = like.querySelector('[type=submit]')
  if (beside) beside.hidden = !chosen
  else if (chosen) like.append(form.querySelector('[type=submit]').cloneNode(true))
}

function match () {
  for (const button of list.children) button.ariaPressed = String(choice(button.value).checked)
  goOn()
}

function made ({ slug, name }) {
  const button = document.createElement('button')
  const picture = choice(slug).labels[0].querySelector('svg')
  Object.assign(button, { type: 'button', value: slug, className: 'sounds__kind', ariaPressed: 'false' })
  if (picture) button.append(picture.cloneNode(true))
  button.append(name)
  button.addEventListener('click', () => {
    const one = choice(slug)
    one.checked = one.type === 'radio' || !one.checked
    one.dispatchEvent(new Event('change', { bubbles: true }))
  })
  return button
}

function show (heard) {
  if (heard.danger) danger.hidden = false // and it stays: better once too often
  if (!list || list.contains(document.activeElement)) return
  const kinds = heard.kinds.filter((kind) => choice(kind.slug))
  const shown = [...list.children].map((button) => button.value).join()
  if (kinds.map((kind) => kind.slug).join() === shown) return
  list.replaceChildren(...kinds.map(made))
  like.hidden = !kinds.length
  match()
}

async function listen () {
  const words = field.value.trim()
  if (words === last) return
  last = words
  asked?.abort()
  if (words.length < FEWEST) return show({ kinds: [], danger: false })
  asked = new AbortController()
  const body = new URLSearchParams({ words, csrf_token: form.elements.csrf_token.value })
  try {
    const answer = await fetch(suggest, { method: 'POST', body, signal: asked.signal })
    if (answer.ok) show(await answer.json())
  } catch { /* no network, or newer words: nothing is said */ }
}

field.addEventListener('input', () => {
  clearTimeout(waits)
  waits = setTimeout(listen, PAUSE)
})
if (list) form.addEventListener('change', match)

// What was typed is not lost with the network: a form stays as it is, and one of asking or offering
// is kept on this phone and sent once when there is a network again (its key makes twice into once).
const box = document.getElementById('waiting')
const { who, keep, worker, ...words } = box.dataset
const [says, way, drop] = box.querySelectorAll('[data-part]')
let last

async function kept (mode, act) {
  const base = await new Promise((resolve, reject) => {
    const asked = indexedDB.open('enabler', 1)
    asked.onupgradeneeded = () => asked.result.createObjectStore('waiting', { keyPath: 'id' })
    asked.onsuccess = () => resolve(asked.result)
    asked.onerror = () => reject(asked.error)
  })
  return new Promise((resolve, reject) => {
    const change = base.transaction('waiting', mode)
    const got = act(change.objectStore('waiting'))
    change.oncomplete = () => resolve(got.result)
    change.onabort = () => reject(change.error)
  }).finally(() => base.close())
}
// A browser that keeps nothing, as in a private window, has nothing waiting.
const waiting = () => kept('readonly', (forms) => forms.getAll()).catch(() => [])
const remove = (id) => kept('readwrite', (forms) => forms.delete(id))

async function tell (message, link) {
  const number = (await waiting()).length
  const count = number > 1 ? words.many.replace('{n}', number) : number ? words.one : ''
  says.textContent = [count, message].filter(Boolean).join('. ')
  way.hidden = !link
  if (link) [way.textContent, way.href] = link
  drop.hidden = !number
  drop.textContent = words.drop
  box.hidden = !says.textContent
}

async function lost (form) {
  if (form.dataset.keep === undefined || keep !== 'yes') return tell(words.still)
  const fields = [...new FormData(form)].filter(([, value]) => typeof value === 'string')
  const id = form.elements.key?.value || form.action
  const put = kept('readwrite', (forms) => forms.put({ id, who, url: form.action, fields }))
  return tell(await put.then(() => words.kept, () => words.still))
}

// As it would have been sent: the page that answers shows what is to be put right.
function sendByHand (form) {
  const made = document.createElement('form')
  Object.assign(made, { method: 'post', action: form.url, hidden: true })
  for (const [name, value] of form.fields) {
    const field = document.createElement('textarea')
    Object.assign(field, { name, value })
    made.append(field)
  }
  document.body.append(made)
  made.submit()
}

async function send () {
  if (!navigator.onLine) return tell('')
  let told = ['']
  for (const form of await waiting()) {
    if (keep !== 'yes' || (form.who && form.who !== who)) { told = [words.other]; continue }
    const answer = await fetch(form.url, { method: 'POST', body: new URLSearchParams(form.fields) }).catch(() => null)
    if (!answer) return tell('')
    const signIn = /\/sign-(in|up)/.test(new URL(answer.url).pathname)
    if (answer.redirected && signIn) told = [words.ended, [words.signIn, answer.url]]
    else if (answer.redirected && answer.ok) {
      await remove(form.id)
      told = [words.sent, [words.goOn, answer.url]]
    } else {
      told = [words.wrong, [words.look, form.url]]
      way.onclick = (event) => { event.preventDefault(); remove(form.id).then(() => sendByHand(form)) }
    }
  }
  return tell(...told)
}

document.addEventListener('submit', (event) => {
  if (event.target.method !== 'post') return
  last = event.target
  if (navigator.onLine) return
  event.preventDefault()
  lost(last)
})
drop.addEventListener('click', async () => {
  if (drop.textContent === words.drop) { drop.textContent = words.surely; return }
  for (const form of await waiting()) await remove(form.id)
  tell('')
})
// Tabs take turns: the second finds nothing left to send.
const sendOnce = () => navigator.locks.request('enabler-send', send)
addEventListener('online', sendOnce)
if (navigator.serviceWorker) {
  navigator.serviceWorker.addEventListener('message', ({ data }) => {
    if (last && data.lost === location.href.split('#')[0]) lost(last)
  })
  navigator.serviceWorker.register(worker, { updateViaCache: 'all' })
  sendOnce()
}

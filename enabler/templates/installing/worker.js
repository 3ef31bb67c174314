// Keeps the shell: styles, scripts and the page that says that there is no network. It never keeps
// a page, for a page may be somebody's own.
const NAME = 'enabler-{{ name }}'
const OFFLINE = {{ offline | tojson }}
const FILES = {{ files | tojson }}
// The same file has another address below a place's name: it is known by its end.
const short = (address) => new URL(address, location).href.match(/\/((?:static\/|place\.css).*)$/)?.[1]
const KNOWN = new Set(FILES.map(short))

async function fill () {
  const shell = await caches.open(NAME)
  await Promise.all([OFFLINE, ...FILES].map(async (file) => {
    const answer = await fetch(file, { credentials: 'omit' })
    if (!answer.ok) throw new Error(file)
    await shell.put(file === OFFLINE ? file : `/${short(file)}`, answer)
  }))
}

async function clear () {
  const old = (await caches.keys()).filter((name) => name.startsWith('enabler-') && name !== NAME)
  await Promise.all(old.map((name) => caches.delete(name)))
  await self.clients.claim()
}

async function go (asked) {
  try {
    return await fetch(asked)
  } catch {
    if (asked.method === 'GET') return (await caches.match(OFFLINE)) ?? Response.error()
    // The page stays as it is, with all that was typed, and is told.
    const pages = await self.clients.matchAll({ type: 'window' })
    pages.forEach((page) => page.postMessage({ lost: asked.referrer }))
    return new Response(null, { status: 204 })
  }
}

self.addEventListener('install', (event) => event.waitUntil(fill().then(() => self.skipWaiting())))
self.addEventListener('activate', (event) => event.waitUntil(clear()))
self.addEventListener('fetch', (event) => {
  const asked = event.request
  const file = short(asked.url)
  if (asked.mode === 'navigate') event.respondWith(go(asked))
  else if (asked.url.startsWith(location.origin) && KNOWN.has(file)) {
    event.respondWith(caches.match(`/${file}`).then((kept) => kept ?? fetch(asked)))
  }
})

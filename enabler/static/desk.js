// Keys for the desk's list. They are off until somebody switches them on, and never work where one
// types; all they do can be done by tab and enter, without this script (WCAG 2.1.4).
const box = document.getElementById('keys')
const list = document.querySelector('[data-desk]')
if (box && list) {
  const [button] = box.querySelectorAll('button')
  const entries = [...list.querySelectorAll('[data-entry]')]
  const read = () => { try { return localStorage.getItem('desk-keys') === 'on' } catch { return false } }
  let on = read()
  let at = -1
  const show = () => {
    button.textContent = on ? box.dataset.on : box.dataset.off
    button.setAttribute('aria-pressed', String(on))
  }
  const go = (step) => {
    at = Math.min(entries.length - 1, Math.max(0, at + step))
    entries[at].focus()
  }
  const press = (what) => entries[at]?.querySelector(what)?.click()
  // What can be decided opens with the decision chosen; all else just opens.
  const open = (decision) => {
    const link = entries[at]?.querySelector('h3 a')
    if (!link) return
    const to = new URL(link.href)
    if ('decides' in link.dataset) to.searchParams.set('decision', decision)
    location.assign(to)
  }
  const acts = {
    j: () => go(1),
    k: () => go(-1),
    c: () => press('[data-claim]'),
    x: () => press('input[type=checkbox]'),
    a: () => open('approve'),
    r: () => open('refuse')
  }
  button.addEventListener('click', () => {
    on = !on
    try { localStorage.setItem('desk-keys', on ? 'on' : 'off') } catch { /* kept nowhere, then */ }
    show()
  })
  list.addEventListener('focusin', (event) => {
    const entry = event.target.closest('[data-entry]')
    if (entry) at = entries.indexOf(entry)
  })
  document.addEventListener('keydown', (event) => {
    const types = event.target.closest('input:not([type=checkbox]), textarea, select')
    if (!on || types || event.ctrlKey || event.metaKey || event.altKey) return
    const act = acts[event.key]
    if (act) { event.preventDefault(); act() }
  })
  show()
  box.hidden = false
}

const LIT_MS = 2500

/** The element that shows a path of the report: its own, or that of the nearest part which contains it. */
function elementFor(path: string): HTMLElement | null {
  let part = path
  while (part !== '') {
    const element = document.getElementById(part)
    if (element !== null) return element
    part = part.replace(/(\.?[A-Za-z]+|\[\d+\])$/, '')
  }
  return null
}

/** Brings the place of a path into view, opens it, gives it the focus, and marks it for a moment. */
export function lightUp(path: string): void {
  const element = elementFor(path)
  if (element === null) return
  for (let part: Element | null = element; part !== null; part = part.parentElement)
    if (part instanceof HTMLDetailsElement) part.open = true
  element.scrollIntoView({ block: 'center' })
  const target = element.querySelector('summary') ?? element
  target.focus({ preventScroll: true })
  element.dataset.lit = ''
  setTimeout(() => {
    delete element.dataset.lit
  }, LIT_MS)
}

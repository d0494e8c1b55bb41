import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ClaudeServer, startClaudeServer } from '../support/claude-server.ts'
import { makeWav } from '../support/sounds.ts'
import { type Service, startService } from '../support/start-service.ts'
import { nothingNoticed, openBrowser, openVisitor, type Visitor } from './browser.ts'
import { requireBuiltPages } from './built-pages.ts'
import { HOSTILE_NAMES } from './hostile-names.ts'
import { makeLiveSet } from './live-set-file.ts'
import { ask, logIn, uploadAndWait } from './pages.ts'
import { registerPerson } from './people.ts'

const SCRIPT_NAME = '<script>alert(1)</script>'
const IMAGE_NAME = '<img src=x onerror=alert(1)>'
const LONG_ANSWER = 'One sentence after the other. '.repeat(40)

let claude: ClaudeServer
let service: Service
let browser: Browser
let visitor: Visitor
let page: Page

beforeAll(async () => {
  await requireBuiltPages()
  claude = await startClaudeServer()
  service = await startService({ ANTHROPIC_API_KEY: 'sk-test', ANTHROPIC_BASE_URL: claude.url })
  browser = await openBrowser()
  visitor = await openVisitor(browser, service)
  page = visitor.page
  await logIn(page, await registerPerson(service))
  await uploadAndWait(page, [
    { name: `${IMAGE_NAME}.wav`, mimeType: 'audio/wav', buffer: makeWav() },
    { name: 'set.als', mimeType: 'application/octet-stream', buffer: makeLiveSet([SCRIPT_NAME, IMAGE_NAME]) },
  ])
})

afterAll(async () => {
  await browser.close()
  await service.close()
  await claude.close()
})

const answers = () => page.getByRole('article', { name: 'Answer' })

describe('the chat beside a report', () => {
  test('Escape stops an answer, what had come stays, and the focus stays in the field', async () => {
    claude.behave({ kind: 'answer', text: LONG_ANSWER, delayMsPerDelta: 40 })
    await ask(page, 'Tell me everything.')
    await answers().last().getByText('One sentence after the other.').waitFor()
    await page.keyboard.press('Escape')
    await answers().last().getByText('Stopped.').waitFor()
    const kept = await answers().last().innerText()
    expect(kept).toContain('One sentence after the other.')
    expect(kept.length).toBeLessThan(LONG_ANSWER.length)
    expect(await page.getByLabel('Your question').evaluate((field) => field === document.activeElement)).toBe(
      true,
    )
    await expect.poll(() => claude.openConnections()).toBe(0)
  })

  test('an answer keeps coming when the page is loaded again in the middle of it', async () => {
    claude.behave({ kind: 'answer', text: `${LONG_ANSWER}The end.`, delayMsPerDelta: 20 })
    await ask(page, 'And once more?')
    await answers().last().getByText('One sentence').waitFor()
    await page.reload()
    await answers().last().getByText('The end.').waitFor()
    expect(await answers().last().innerText()).not.toContain('Stopped.')
  })

  test('when Claude is overloaded the page says so, counts nothing, and asks again on request', async () => {
    const left = page.getByText(/of 30 messages left/)
    const before = await left.innerText()
    claude.behave({ kind: 'error-event' })
    await ask(page, 'Is it too quiet?')
    await page.getByRole('alert').getByText('Nothing was charged.').waitFor()
    expect(await left.innerText()).toBe(before)

    claude.behave({ kind: 'answer', text: 'It is fine as it is.' })
    await page.getByRole('alert').getByRole('button', { name: 'Try again' }).click()
    await answers().last().getByText('It is fine as it is.').waitFor()
    expect(await page.getByRole('alert').count()).toBe(0)
  })

  test('nothing in names or answers becomes markup, a picture, a script or a foreign request', async () => {
    claude.behave({
      kind: 'answer',
      text: [
        '<img src="https://evil.example/a.png" onerror="alert(2)"> ![pixel](https://evil.example/b.png)',
        '[run](javascript:alert(3)) [plain](http://evil.example/) [safe](https://example.com/page)',
        '<script>alert(4)</script>',
        'T1 and T2 end here.',
      ].join('\n\n'),
    })
    await ask(page, `What about ${SCRIPT_NAME}?`)
    const answer = answers().last()
    await answer.getByText('end here.').waitFor()
    expect(await answer.locator('img, script').count()).toBe(0)
    const links = await answer
      .locator('a')
      .evaluateAll((elements) =>
        elements.map((element) => [element.getAttribute('href'), element.getAttribute('rel')]),
      )
    expect(links).toEqual([['https://example.com/page', 'noopener noreferrer nofollow']])
    await answer.getByRole('button', { name: SCRIPT_NAME }).waitFor()
    await answer.getByRole('button', { name: IMAGE_NAME }).waitFor()
    await page.getByRole('heading', { name: `${IMAGE_NAME}.wav`, level: 1 }).waitFor()
    await page.getByRole('row', { name: SCRIPT_NAME }).waitFor()
    expect(await page.locator('main img').count()).toBe(0)
    expect(visitor.noticed).toEqual(nothingNoticed)
  })

  test('TS-44: two hundred hostile strings as answers run nothing, ask nobody and break no layout', async () => {
    for (const part of [HOSTILE_NAMES.slice(0, 100), HOSTILE_NAMES.slice(100)]) {
      claude.behave({
        kind: 'answer',
        text: `${part.join('\n\n')}\n\n[T1](javascript:alert(9)) That was all.`,
      })
      await ask(page, 'Say something.')
      await answers().last().getByText('That was all.').waitFor()
    }
    expect(await page.evaluate(() => Reflect.get(window, 'harmed'))).toBeUndefined()
    const forbidden =
      ':is(script, iframe, object, embed, img, svg:not(footer svg), form, input:not([type="checkbox"][disabled]), style, link, a:not([href^="https:" i]))'
    expect(await answers().locator(forbidden).count()).toBe(0)
    const links = answers().locator('a')
    const rels = await links.evaluateAll((all) => all.map((each) => each.getAttribute('rel') ?? ''))
    expect(rels.every((rel) => rel.includes('noopener'))).toBe(true)
    expect(visitor.noticed).toEqual(nothingNoticed)
  })

  test('numbers that are not from the analysis are marked, and those that are lead to their place', async () => {
    claude.behave({
      kind: 'answer',
      text: 'It measures -1.2 LUFS [loudness.integratedLufs], and the peak is at 0:00 on T1.',
    })
    await ask(page, 'How loud is it now?')
    const answer = answers().last()
    const mark = answer.locator('mark')
    await mark.first().waitFor()
    expect(await mark.first().textContent()).toContain('-1.2')
    await answer.getByText('not from your analysis, and marked').waitFor()
    await answer.getByRole('button', { name: 'Integrated' }).click()
    await page.locator('[data-lit]').first().waitFor()
  })

  test('an answer is given anew, both versions stay, and a question can be asked anew', async () => {
    claude.behave({ kind: 'answer', text: 'The second try.' })
    await answers().last().getByRole('button', { name: 'Answer anew' }).click()
    await answers().last().getByText('The second try.').waitFor()
    await answers().last().getByText('2 of 2').waitFor()
    await answers().last().getByRole('button', { name: 'Earlier version' }).click()
    await answers().last().getByText('It measures').waitFor()
    claude.behave({ kind: 'answer', text: 'Asked anew.' })
    await page
      .getByRole('region', { name: 'Conversation' })
      .getByRole('button', { name: 'Edit' })
      .last()
      .click()
    await page.getByLabel('The question anew').fill('How loud, once more?')
    await page.getByRole('button', { name: 'Delete and ask anew' }).click()
    await answers().last().getByText('Asked anew.').waitFor()
    expect(await page.getByText('How loud is it now?').count()).toBe(0)
  })

  test('a question whose answer got lost on the way is asked once: trying again follows the answer', async () => {
    claude.behave({ kind: 'answer', text: 'Arrived after all.' })
    const calls = claude.requests.length
    const keys: (string | undefined)[] = []
    // The question reaches the server; nothing of what it says comes back, nor can the conversation be read.
    await page.route('**/messages', async (route) => {
      if (route.request().method() === 'POST') {
        keys.push(route.request().headers()['idempotency-key'])
        await route.fetch()
      }
      await route.abort()
    })
    await ask(page, 'Did this get through?')
    const alert = page.getByRole('alert')
    await alert.getByText('No connection to TrackSensei').waitFor()
    expect(await page.getByLabel('Your question').inputValue()).toBe('Did this get through?')
    await page.unroute('**/messages')
    page.on('request', (request) => {
      if (request.url().endsWith('/messages') && request.method() === 'POST')
        keys.push(request.headers()['idempotency-key'])
    })
    await page.getByRole('button', { name: 'Ask', exact: true }).click()
    await answers().last().getByText('Arrived after all.').waitFor()
    await expect.poll(() => alert.count()).toBe(0)
    expect(await page.getByLabel('Your question').inputValue()).toBe('')
    expect(await page.getByText('Did this get through?').count()).toBe(1)
    expect(keys).toEqual([expect.stringMatching(/^[\da-f-]{32,36}$/), keys[0]])
    expect(claude.requests).toHaveLength(calls + 1)
  })

  test('a question that is refused before it begins is back in its field', async () => {
    const refusal = {
      type: 'about:blank',
      title: 'Spent',
      status: 402,
      code: 'billing/messages-spent',
      detail: 'All messages of this period are used.',
      requestId: 'test',
    }
    await page.route('**/messages', (route) =>
      route.request().method() === 'POST'
        ? route.fulfill({
            status: 402,
            contentType: 'application/problem+json',
            body: JSON.stringify(refusal),
          })
        : route.fallback(),
    )
    await ask(page, 'Is this one lost?')
    await page.getByRole('alert').getByText('No messages left').waitFor()
    expect(await page.getByLabel('Your question').inputValue()).toBe('Is this one lost?')
    await page.unroute('**/messages')
    claude.behave({ kind: 'answer', text: 'It is not.' })
    await page.getByRole('alert').getByRole('button', { name: 'Try again' }).click()
    await answers().last().getByText('It is not.').waitFor()
    expect(await page.getByLabel('Your question').inputValue()).toBe('')
  })

  test('what the AI saw is shown as it was sent', async () => {
    await page.getByRole('button', { name: 'What the AI saw' }).click()
    const shown = page.getByRole('dialog').locator('pre').first()
    await shown.waitFor()
    expect(await shown.textContent()).toBe(claude.requests.at(-1)?.body.system[1]?.text)
    await page.keyboard.press('Escape')
    await shown.waitFor({ state: 'detached' })
  })

  test('reading further up is not disturbed by an answer that arrives', async () => {
    const conversation = page.getByRole('region', { name: 'Conversation' })
    const scrollTop = () => conversation.evaluate((element) => element.scrollTop)
    claude.behave({ kind: 'answer', text: LONG_ANSWER, delayMsPerDelta: 20 })
    await ask(page, 'Go on.')
    await answers().last().getByText('One sentence').waitFor()
    expect(await scrollTop()).toBeGreaterThan(0)
    await conversation.evaluate((element) => element.scrollTo({ top: 0 }))
    await page.getByRole('button', { name: 'To the latest' }).waitFor()
    await page.getByRole('button', { name: 'Ask', exact: true }).waitFor()
    expect(await scrollTop()).toBe(0)
    await page.getByRole('button', { name: 'To the latest' }).click()
    expect(await scrollTop()).toBeGreaterThan(0)
  })
})

describe('without a key for Claude', () => {
  test('the offline coach says that it is no language model', async () => {
    const offline = await startService()
    const { context, page: offlinePage } = await openVisitor(browser, offline)
    await logIn(offlinePage, await registerPerson(offline))
    await uploadAndWait(offlinePage, [{ name: 'a.wav', mimeType: 'audio/wav', buffer: makeWav() }])
    await offlinePage
      .getByText('Offline coach: fixed rules over the measured numbers, no language model.')
      .waitFor()
    await offlinePage.getByRole('button', { name: 'How loud is it, and what does that mean?' }).click()
    await offlinePage.getByRole('article', { name: 'Answer' }).getByText('LUFS').first().waitFor()
    await context.close()
    await offline.close()
  })
})

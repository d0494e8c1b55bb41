import { randomBytes } from 'node:crypto'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ClaudeServer, startClaudeServer } from '../support/claude-server.ts'
import { makeWav } from '../support/sounds.ts'
import { type Service, startService } from '../support/start-service.ts'
import { databaseKinds, makePostgresDatabase } from '../support/test-databases.ts'
import { openBrowser, openVisitor } from './browser.ts'
import { requireBuiltPages } from './built-pages.ts'
import { ask, logIn, uploadAndWait } from './pages.ts'
import { registerPerson } from './people.ts'

const LONG = `${'One sentence after the other. '.repeat(60)}The end.`

describe.runIf(databaseKinds.includes('postgres'))('an answer seen from two instances', () => {
  let database: Awaited<ReturnType<typeof makePostgresDatabase>>
  let claude: ClaudeServer
  let first: Service
  let second: Service
  let browser: Browser
  let page: Page
  let other: Page

  beforeAll(async () => {
    await requireBuiltPages()
    database = await makePostgresDatabase()
    claude = await startClaudeServer()
    const shared = {
      DATABASE_URL: database.url,
      SESSION_KEYS: `k1:${randomBytes(48).toString('base64')}`,
      PASSWORD_PEPPER: randomBytes(48).toString('base64'),
      ANTHROPIC_API_KEY: 'sk-test',
      ANTHROPIC_BASE_URL: claude.url,
    }
    first = await startService(shared)
    second = await startService({ ...shared, SERVICES: 'web' })
    browser = await openBrowser()
    const visitor = await openVisitor(browser, first)
    page = visitor.page
    await logIn(page, await registerPerson(first))
    const path = await uploadAndWait(page, [{ name: 'a.wav', mimeType: 'audio/wav', buffer: makeWav() }])
    // Cookies know no ports: the same person, at the second instance.
    other = await visitor.context.newPage()
    await other.goto(`${second.baseUrl}${path}`)
    await other.getByRole('heading', { name: 'Ask about this track' }).waitFor()
  })
  afterAll(async () => {
    await browser.close()
    for (const service of [first, second]) await service.close()
    await claude.close()
    await database.drop()
  })

  const answerOn = (where: Page) => where.getByRole('article', { name: 'Answer' }).last()

  test('goes on in a page that is loaded again at the other instance, and is whole there', async () => {
    claude.behave({ kind: 'answer', text: LONG, delayMsPerDelta: 25 })
    await ask(page, 'Tell me everything.')
    await answerOn(page).getByText('One sentence').waitFor()
    await other.reload()
    await answerOn(other).getByText('One sentence').waitFor()
    expect(await answerOn(other).innerText()).not.toContain('The end.')
    await answerOn(other).getByText('The end.').waitFor()
    await answerOn(page).getByText('The end.').waitFor()
    expect((await answerOn(other).locator('p').first().innerText()).trim()).toBe(LONG)
    expect(claude.requests).toHaveLength(1)
  })

  test('is stopped from the other instance: upstream at once, and both pages keep what had come', async () => {
    claude.behave({ kind: 'answer', text: LONG, delayMsPerDelta: 40 })
    await ask(page, 'And once more.')
    await answerOn(page).getByText('One sentence').waitFor()
    await other.reload()
    await answerOn(other).getByText('One sentence').waitFor()
    await other.getByRole('button', { name: 'Stop the answer' }).click()
    await answerOn(page).getByText('Stopped.').waitFor()
    await answerOn(other).getByText('Stopped.').waitFor()
    expect(claude.openStreams()).toBe(0)
    const kept = await answerOn(page).locator('p').first().innerText()
    expect(kept.length).toBeGreaterThan(10)
    expect(await answerOn(other).locator('p').first().innerText()).toBe(kept)
  })
})

import type { Page } from 'playwright-core'
import { PASSWORD } from './people.ts'

/** What a person does on the pages, by what they read there. */
export async function logIn(page: Page, email: string): Promise<void> {
  await page.goto('/login')
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Log in' }).click()
  await page.getByRole('heading', { name: 'Tracks', level: 1 }).waitFor()
}

export interface ChosenFile {
  name: string
  mimeType: string
  buffer: Buffer
}

/** Uploads and waits for the report. @returns the path of its page */
export async function uploadAndWait(page: Page, files: ChosenFile[]): Promise<string> {
  await page.goto('/upload')
  await page.getByLabel('Audio and Live set files').setInputFiles(files)
  await page.getByRole('button', { name: 'Upload and analyse' }).click()
  await page.waitForURL(/\/tracks\/[0-9a-f-]{36}$/)
  await page.getByRole('heading', { name: 'Ask about this track' }).waitFor()
  return new URL(page.url()).pathname
}

/** Drops files onto the page's place for them, as from a folder. */
export async function dropFiles(page: Page, files: ChosenFile[]): Promise<void> {
  const dropped = files.map((file) => ({ ...file, buffer: file.buffer.toString('base64') }))
  const dataTransfer = await page.evaluateHandle(async (list) => {
    const transfer = new DataTransfer()
    for (const { name, mimeType, buffer } of list) {
      const bytes = Uint8Array.from(atob(buffer), (character) => character.charCodeAt(0))
      transfer.items.add(new File([bytes], name, { type: mimeType }))
    }
    return transfer
  }, dropped)
  const place = page.getByLabel('Choose audio and Live set')
  await place.dispatchEvent('dragenter', { dataTransfer })
  await place.dispatchEvent('drop', { dataTransfer })
}

/** Asks once the answer before is complete: until then Enter sends nothing. */
export async function ask(page: Page, question: string): Promise<void> {
  await page.getByRole('button', { name: 'Ask', exact: true }).waitFor()
  await page.getByLabel('Your question').fill(question)
  await page.keyboard.press('Enter')
}

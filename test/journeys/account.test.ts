import { Secret, TOTP } from 'otpauth'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Service, startService } from '../support/start-service.ts'
import { accessibilityFaults, nothingNoticed, openBrowser, openVisitor } from './browser.ts'
import { requireBuiltPages } from './built-pages.ts'
import { logIn } from './pages.ts'
import { cookieFor, linkSentTo, newEmail, PASSWORD, registerPerson } from './people.ts'

const NEW_PASSWORD = 'eleven borrowed microphones'

let service: Service
let browser: Browser

beforeAll(async () => {
  await requireBuiltPages()
  service = await startService()
  browser = await openBrowser()
})

afterAll(async () => {
  await browser.close()
  await service.close()
})

describe('the account', () => {
  test('a forgotten password is replaced by way of a letter, and the new one opens the account', async () => {
    const email = await registerPerson(service)
    const { context, page, noticed } = await openVisitor(browser, service)
    await page.goto('/login')
    await page.getByRole('link', { name: 'Forgot your password?' }).click()
    await page.getByLabel('E-mail').fill(email)
    await page.getByRole('button', { name: 'Send the letter' }).click()
    await page.getByText('If this address has an account').waitFor()
    await expect.poll(() => linkSentTo(service, email)).toContain('/reset-password#token=')
    await page.goto(await linkSentTo(service, email))
    const field = page.getByLabel('New password', { exact: true })
    await field.fill('password1234')
    await page.getByText('lists of common passwords').waitFor()
    await field.fill(NEW_PASSWORD)
    await page.getByText('Strong.').waitFor()
    expect(new URL(page.url()).hash).toBe('')
    await page.getByRole('button', { name: 'Save the new password' }).click()
    await page.getByRole('heading', { name: 'Your new password holds' }).waitFor()
    await page.getByRole('link', { name: 'Log in', exact: true }).last().click()
    await page.getByLabel('E-mail').fill(email)
    await page.getByLabel('Password', { exact: true }).fill(NEW_PASSWORD)
    await page.getByRole('button', { name: 'Log in' }).click()
    await page.getByRole('heading', { name: 'Tracks', level: 1 }).waitFor()
    expect(noticed).toEqual(nothingNoticed)
    await context.close()
  })

  test('a person sees their logins, ends one, changes name, address and password, and deletes the account', async () => {
    const email = await registerPerson(service)
    const otherCookie = await cookieFor(service, email)
    const { context, page, noticed } = await openVisitor(browser, service)
    await logIn(page, email)
    await page.goto('/account')
    await page.getByText('Chrome on Linux').first().waitFor()
    await page.getByRole('button', { name: /^End the login of/ }).click()
    await expect.poll(() => page.getByRole('button', { name: /^End the login of/ }).count()).toBe(0)
    const elsewhere = await fetch(`${service.baseUrl}/api/me`, { headers: { cookie: otherCookie } })
    expect(elsewhere.status).toBe(401)

    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Ada')
    await page.getByRole('button', { name: 'Save the name' }).click()
    await page.getByText('Saved.').waitFor()

    await page.getByLabel('Present password').fill('not the password')
    await page.getByLabel('New password', { exact: true }).fill(NEW_PASSWORD)
    await page.getByRole('button', { name: 'Change the password' }).click()
    await page.getByText('That is not your present password.').waitFor()
    await page.getByLabel('Present password').fill('seven quiet synthesizers')
    await page.getByRole('button', { name: 'Change the password' }).click()
    await page.getByText('Your new password holds.').waitFor()

    const newAddress = newEmail()
    await page.getByLabel('New e-mail').fill(newAddress)
    await page.getByLabel('Your password', { exact: true }).fill(NEW_PASSWORD)
    await page.getByRole('button', { name: 'Change the address' }).click()
    await page.getByText('A letter is on its way to the new address').waitFor()
    await page.goto(await linkSentTo(service, newAddress))
    await page.getByRole('heading', { name: 'Your new address is confirmed' }).waitFor()
    await page.getByRole('link', { name: 'Your account' }).click()
    await page.getByText(newAddress).waitFor()

    await page.getByRole('button', { name: 'Log out everywhere' }).click()
    await page.getByRole('link', { name: 'Register, free' }).waitFor()
    expect(await context.cookies()).toEqual([])

    await page.goto('/login')
    await page.getByLabel('E-mail').fill(newAddress)
    await page.getByLabel('Password', { exact: true }).fill(NEW_PASSWORD)
    await page.getByRole('button', { name: 'Log in' }).click()
    await page.getByRole('heading', { name: 'Tracks', level: 1 }).waitFor()
    await page.goto('/account')
    await page.getByRole('button', { name: 'Delete this account' }).click()
    await page.getByLabel('Your password, to delete everything').fill(NEW_PASSWORD)
    await page.getByRole('button', { name: 'Delete everything' }).click()
    await page.getByRole('link', { name: 'Register, free' }).waitFor()
    await page.getByText('Your account is deleted').waitFor()
    expect(await context.cookies()).toEqual([])
    expect(noticed).toEqual(nothingNoticed)
    await context.close()
  })

  test('a second factor is set up with an app, asked for at login, and opened with a recovery code', async () => {
    const email = await registerPerson(service)
    const { context, page, noticed } = await openVisitor(browser, service)
    await logIn(page, email)
    await page.goto('/account')
    const password = page.getByLabel('Your password, for the second factor')
    await password.fill('not the password')
    await page.getByRole('button', { name: 'Set up an app' }).click()
    await page.getByText('That is not your present password.').waitFor()
    await password.fill(PASSWORD)
    await page.getByRole('button', { name: 'Set up an app' }).click()
    await page.getByRole('img', { name: 'QR code for an authenticator app' }).waitFor()
    const text = (await page.getByText('Or type this secret').textContent()) ?? ''
    const secret = /: ([A-Z2-7]{32})/.exec(text)?.[1] ?? ''
    await page
      .getByLabel('Six digits of the app')
      .fill(new TOTP({ secret: Secret.fromBase32(secret) }).generate())
    await page.getByRole('button', { name: 'Switch it on' }).click()
    await page.getByText('Keep these recovery codes now').waitFor()
    const code =
      (await page
        .getByRole('listitem')
        .filter({ hasText: /^[A-Z2-9]{6}-/ })
        .first()
        .textContent()) ?? ''
    await page.getByText('Unused recovery codes: 10').waitFor()
    expect(await accessibilityFaults(page)).toEqual([])

    await page.getByRole('button', { name: 'Log out everywhere' }).click()
    await page.getByRole('link', { name: 'Register, free' }).waitFor()
    await page.goto('/login')
    await page.getByLabel('E-mail').fill(email)
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await page.getByRole('button', { name: 'Log in' }).click()
    const field = page.getByLabel('Code of your app, or a recovery code')
    await field.fill('000000')
    await page.getByRole('button', { name: 'Log in' }).click()
    await page.getByText('That code does not open').waitFor()
    await field.fill(code)
    await page.getByRole('button', { name: 'Log in' }).click()
    await page.getByRole('heading', { name: 'Tracks', level: 1 }).waitFor()
    expect(noticed).toEqual(nothingNoticed)
    await context.close()
  })
})

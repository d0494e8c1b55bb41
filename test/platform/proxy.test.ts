import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { connect } from 'node:tls'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freePort, projectRoot, type Service, startService } from '../support/start-service.ts'

const nginx = ['/usr/sbin/nginx', '/usr/bin/nginx'].find(existsSync)
if (!nginx)
  process.stdout.write('No nginx here: the proxy configuration is not tried (package nginx-light).\n')

/** The configuration that docs/operations.md gives, with ports and files of this test. */
function configuration(ports: { plain: number; tls: number; service: number }, folder: string): string {
  const page = readFileSync(path.join(projectRoot, 'docs/operations.md'), 'utf8')
  const server = /```nginx\n([\s\S]*?)```/.exec(page)?.[1] ?? ''
  const here = server
    .replace('listen 80;', `listen 127.0.0.1:${ports.plain};`)
    .replace('listen 443 ssl', `listen 127.0.0.1:${ports.tls} ssl`)
    .replaceAll('/etc/ssl/tracksensei/', `${folder}/`)
    .replace('127.0.0.1:3000', `127.0.0.1:${ports.service}`)
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  )
  const main = `daemon off; pid ${folder}/pid; error_log ${folder}/error.log; events {}`
  return `${main}\nhttp { access_log off; ${temporary.join(' ')}\n${here} }`
}

describe.skipIf(!nginx)('behind nginx, configured as the operations page says', () => {
  let folder: string
  let service: Service
  let child: ChildProcess
  let ports: { plain: number; tls: number; service: number }

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'tracksensei-proxy-'))
    ports = { plain: await freePort(), tls: await freePort(), service: await freePort() }
    service = await startService({
      PORT: String(ports.service),
      BASE_URL: 'https://tracksensei.example',
      TRUST_PROXY_HOPS: '1',
    })
    const subject = ['-subj', '/CN=tracksensei.example', '-days', '2', '-nodes']
    const files = ['-keyout', `${folder}/privkey.pem`, '-out', `${folder}/fullchain.pem`]
    execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', ...subject, ...files], {
      stdio: 'ignore',
    })
    mkdirSync(path.join(folder, 'logs'))
    writeFileSync(path.join(folder, 'nginx.conf'), configuration(ports, folder))
    child = spawn(nginx ?? '', ['-p', folder, '-c', path.join(folder, 'nginx.conf')], { stdio: 'ignore' })
    for (let tries = 0; tries < 200; tries += 1) {
      if (await speaks('TLSv1.3')) return
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    throw new Error(readFileSync(path.join(folder, 'error.log'), 'utf8'))
  })
  afterAll(async () => {
    child.kill('SIGQUIT')
    await new Promise((resolve) => child.once('exit', resolve))
    await service.close()
    rmSync(folder, { recursive: true, force: true })
  })

  function speaks(version: 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3'): Promise<boolean> {
    return new Promise((resolve) => {
      const options = { minVersion: version, maxVersion: version, ciphers: 'ALL:@SECLEVEL=0' }
      const socket = connect({ host: '127.0.0.1', port: ports.tls, rejectUnauthorized: false, ...options })
      socket.once('secureConnect', () => {
        resolve(socket.getProtocol() === version)
        socket.destroy()
      })
      socket.once('error', () => resolve(false))
    })
  }

  function get(url: string): Promise<{ status: number; headers: Record<string, unknown> }> {
    return new Promise((resolve, reject) => {
      const options = { rejectUnauthorized: false, headers: { Host: 'tracksensei.example' } }
      const sent = request(`https://127.0.0.1:${ports.tls}${url}`, options, (response) => {
        response.resume()
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers }))
      })
      sent.on('error', reject)
      sent.end()
    })
  }

  test('speaks TLS 1.2 and 1.3 and nothing older (TS-42)', async () => {
    expect(await speaks('TLSv1.3')).toBe(true)
    expect(await speaks('TLSv1.2')).toBe(true)
    expect(await speaks('TLSv1.1')).toBe(false)
    expect(await speaks('TLSv1')).toBe(false)
  })

  test('answers with HSTS, and hides what it is', async () => {
    const { status, headers } = await get('/api/info')
    expect(status).toBe(200)
    expect(headers['strict-transport-security']).toBe('max-age=63072000; includeSubDomains')
    expect(headers.server).toBe('nginx')
  })

  test('plain HTTP is refused to programs and redirected for people (TS-42)', async () => {
    const plain = (url: string) =>
      fetch(`http://127.0.0.1:${ports.plain}${url}`, {
        redirect: 'manual',
        headers: { host: 'tracksensei.example' },
      })
    expect((await plain('/api/info')).status).toBe(403)
    const page = await plain('/login')
    expect([page.status, page.headers.get('location')?.startsWith('https://')]).toEqual([301, true])
  })
})

import { createHash } from 'node:crypto'
import { mkdir, realpath } from 'node:fs/promises'
import net from 'node:net'
import { ConfigError } from '../../core/config.ts'

/**
 * Holds a folder for this process until it exits, however it exits: an abstract socket needs no cleaning up.
 * @throws ConfigError when another process holds it.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true })
  const name = createHash('sha256')
    .update(await realpath(folder))
    .digest('hex')
  const server = net.createServer((socket) => socket.destroy())
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const busy = `Another TrackSensei process is using ${folder}: stop it first, or give this one its own DATA_DIR`
      reject(error.code === 'EADDRINUSE' ? new ConfigError(busy) : error)
    })
    server.listen(`\0tracksensei-${name}`, resolve)
  })
  server.unref()
  return () => new Promise((resolve) => server.close(() => resolve()))
}

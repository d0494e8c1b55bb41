// Loaded into a service under test with NODE_OPTIONS=--import: writes down every address that it connects to.
import { subscribe } from 'node:diagnostics_channel'
import { appendFileSync } from 'node:fs'

const file = process.env.RECORD_CONNECTIONS ?? ''

subscribe('net.client.socket', ({ socket }) => {
  socket.on('connectionAttempt', (ip, port) => appendFileSync(file, `${ip} ${port}\n`))
})

import os from 'node:os'
import { parentPort } from 'node:worker_threads'
import bcrypt from 'bcrypt'

// On Linux this is the thread's own priority: a flood of logins takes what uploads and answers leave.
os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL)

// The blocking calls on purpose: the asynchronous ones would take the thread pool that file reading needs.
parentPort?.on('message', (task: { id: number; secret: string; cost: number; hash: string | null }) => {
  const result =
    task.hash === null ? bcrypt.hashSync(task.secret, task.cost) : bcrypt.compareSync(task.secret, task.hash)
  parentPort?.postMessage({ id: task.id, result })
})

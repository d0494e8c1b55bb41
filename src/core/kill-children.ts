import { readdirSync, readFileSync } from 'node:fs'

function childrenOf(thread: string): number[] {
  try {
    return readFileSync(`/proc/self/task/${thread}/children`, 'utf8').trim().split(/\s+/).map(Number)
  } catch {
    // The thread ended meanwhile, or this system does not tell.
    return []
  }
}

function listThreads(): string[] {
  try {
    return readdirSync('/proc/self/task')
  } catch {
    return []
  }
}

/**
 * No program that this process started is left. A thread that waits for the next bytes of a decoder that hangs cannot
 * be stopped, and a process does not end before its threads: without its decoder it reads the end and goes.
 */
export function killChildren(): void {
  for (const pid of listThreads().flatMap(childrenOf)) if (pid > 1) process.kill(pid, 'SIGKILL')
}

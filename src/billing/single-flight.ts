/**
 * Of calls for one key one runs and one waits; whoever comes while one waits shares it, and its result is of a run that
 * began after they came.
 */
export function createSingleFlight<Result>() {
  const running = new Map<string, Promise<Result>>()
  const waiting = new Map<string, Promise<Result>>()

  function start(key: string, run: () => Promise<Result>): Promise<Result> {
    const flight = run()
    running.set(key, flight)
    const end = () => {
      if (running.get(key) === flight) running.delete(key)
    }
    flight.then(end, end)
    return flight
  }

  return (key: string, run: () => Promise<Result>): Promise<Result> => {
    const ahead = running.get(key)
    if (ahead === undefined) return start(key, run)
    const known = waiting.get(key)
    if (known !== undefined) return known
    const begin = () => {
      waiting.delete(key)
      return start(key, run)
    }
    const next = ahead.then(begin, begin)
    waiting.set(key, next)
    return next
  }
}

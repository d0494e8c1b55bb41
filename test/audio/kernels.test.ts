import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { loadKernels } from '../../src/audio/kernels/load-kernels.ts'
import { noise } from './signals.ts'
import { soundFolder } from './sound-files.ts'

const folder = soundFolder()
afterAll(folder.remove)
const root = fileURLToPath(new URL('../../', import.meta.url))

describe('the compiled kernels', () => {
  it('are what the sources compile to', () => {
    const rebuilt = folder.path('kernels.wasm')
    execFileSync(process.execPath, ['scripts/build-kernels.ts', rebuilt], { cwd: root })
    expect(readFileSync(rebuilt).equals(readFileSync(`${root}src/audio/kernels/kernels.wasm`))).toBe(true)
  })

  it('transform as the definition of the discrete Fourier transform says', () => {
    const runtime = loadKernels()
    const size = 64
    const samples = noise(size, 5)
    const setup = runtime.fftSetup(size)
    const [plane, window, spectrum, scratch, work] = Array.from({ length: 5 }, () =>
      runtime.allocate(size * 4),
    )
    runtime.floats(plane ?? 0, size).set(samples)
    runtime.floats(window ?? 0, size).fill(1)
    runtime.kernels.transform(plane ?? 0, window ?? 0, setup, spectrum ?? 0, scratch ?? 0, work ?? 0, size)
    const result = runtime.floats(spectrum ?? 0, size)
    for (let k = 1; k < size / 2; k++) {
      let re = 0
      let im = 0
      for (let n = 0; n < size; n++) {
        re += (samples[n] ?? 0) * Math.cos((2 * Math.PI * k * n) / size)
        im -= (samples[n] ?? 0) * Math.sin((2 * Math.PI * k * n) / size)
      }
      expect(result[2 * k]).toBeCloseTo(re, 4)
      expect(result[2 * k + 1]).toBeCloseTo(im, 4)
    }
  })
})

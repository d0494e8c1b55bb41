import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/**
 * Compiles src/audio/kernels/assembly to src/audio/kernels/kernels.wasm (or to the path given).
 * The result is committed, so that an installation needs no compiler; a test rebuilds it and compares the bytes.
 */
const root = fileURLToPath(new URL('..', import.meta.url))
const target = process.argv[2] ?? `${root}src/audio/kernels/kernels.wasm`
execFileSync(
  process.execPath,
  [
    `${root}node_modules/assemblyscript/bin/asc.js`,
    'src/audio/kernels/assembly/index.ts',
    '--outFile',
    target,
    '--optimizeLevel',
    '3',
    '--shrinkLevel',
    '0',
    '--converge',
    '--enable',
    'simd',
    '--runtime',
    'stub',
    '--importMemory',
    '--noAssert',
    '--use',
    'abort=',
  ],
  { cwd: root, stdio: 'inherit' },
)

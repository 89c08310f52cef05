import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The Python of an environment that an install script made: in RXLOB_BENCH, by default in the temporary folder. */
export const benchPython = (environment: string): string => join(process.env['RXLOB_BENCH'] ?? join(tmpdir(), 'rxlob-bench'), environment, 'bin', 'python')

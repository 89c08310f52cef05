import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { zstdDecompressSync } from 'node:zlib'
import { messageFile, orderbookFile } from './data/lobster-files.ts'
import { interleave } from './runner/interleave.ts'
import { benchFolder } from './runner/places.ts'

// npm run bench:goog [-- rounds]: the GOOG day from its two files to the 32 columns of standardFeatures(), beside pandas. Needs the build, RXLOB_DATA and, for pandas, bench/python/install.sh or RXLOB_PYTHON.
const day = join(process.env['RXLOB_DATA'] ?? '../shared/data', 'lobster/GOOG_2012-06-21_34200000_57600000')
if (!existsSync(`${day}_message_10.csv.zst`)) throw new Error(`Found no ${day}_message_10.csv.zst: set RXLOB_DATA to the folder that holds lobster/.`)
const rounds = Number(process.argv[2] ?? 2)
const python = process.env['RXLOB_PYTHON'] ?? join(benchFolder(), 'python/bin/python')
// Under the names that the contestants read.
const data = mkdtempSync(join(tmpdir(), 'rxlob-goog-'))
try {
  writeFileSync(messageFile(data), zstdDecompressSync(readFileSync(`${day}_message_10.csv.zst`)))
  writeFileSync(orderbookFile(data), zstdDecompressSync(readFileSync(`${day}_orderbook_10.csv.zst`)))
  const results = await interleave(
    [{ label: 'rxlob, batch path', kind: 'js', program: 'replay-rxlob', mode: 'batch/standard' }, { label: 'pandas', kind: 'python', program: 'replay.py', mode: 'pandas/standard' }],
    rounds, { data, programs: '', python: existsSync(python) ? python : undefined },
  )
  console.log(`NASDAQ GOOG, 2012-06-21, LOBSTER level 10: both files to the 32 columns of standardFeatures(); ${cpus()[0]!.model}, Node ${process.version}, best of ${rounds} rounds of CPU time; sums and counts of all columns agree`)
  for (const { entrant, scores, absent } of results) {
    if (absent !== undefined) console.log(`${entrant.label}: ${absent}`)
    else {
      const cpu = Math.min(...scores.map(({ cpuSeconds }) => cpuSeconds))
      const { units } = scores[0]!
      console.log(`${entrant.label.padEnd(18)} ${units} rows, ${cpu.toFixed(3)} s, ${Math.round(units / cpu).toLocaleString('en')} rows a second, peak memory ${Math.round(Math.min(...scores.map(({ peakMegabytes }) => peakMegabytes)))} MB`)
    }
  }
} finally {
  rmSync(data, { recursive: true })
}

// Writes the public surface of every package to etc/<package>[.<subpath>].api.md, so that a reviewer sees what a change adds to it.
// usage: node scripts/api-reports.ts [--check]     --check fails where a committed report is not what the build gives
import { existsSync, globSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor'
import { readManifest, root } from './pack-packages.ts'

const check = process.argv.includes('--check')
const reportFolder = join(root, 'etc')
mkdirSync(reportFolder, { recursive: true })
const reportTempFolder = mkdtempSync(join(tmpdir(), 'rxlob-api-'))
let stale = 0

for (const folder of globSync('packages/*', { cwd: root }).sort()) {
  const { name, exports = {} } = readManifest(folder) as { name: string; exports?: Record<string, { types?: string }> }
  for (const [subpath, { types }] of Object.entries(exports)) {
    if (types === undefined) continue
    const report = [name.replace('@rxlob/', ''), ...(subpath === '.' ? [] : [subpath.slice(2)])].join('.')
    const fresh = write(join(root, folder), types, `${report}.api.md`)
    process.stdout.write(`${fresh ? 'same   ' : check ? 'STALE  ' : 'written'} etc/${report}.api.md\n`)
    if (!fresh) stale++
  }
}
rmSync(reportTempFolder, { recursive: true })
if (check && stale > 0) {
  process.stdout.write('Run `npm run api` and commit what it writes.\n')
  process.exitCode = 1
}

/** True where the committed report is what the build gives. */
function write(projectFolder: string, types: string, reportFileName: string): boolean {
  const mainEntryPointFilePath = join(projectFolder, types)
  if (!existsSync(mainEntryPointFilePath)) throw new Error(`${mainEntryPointFilePath} is missing: run npm run build first.`)
  const silent = { default: { logLevel: 'none' as const } }
  const extractorConfig = ExtractorConfig.prepare({
    configObject: {
      mainEntryPointFilePath,
      projectFolder,
      compiler: { tsconfigFilePath: join(projectFolder, 'tsconfig.json') },
      apiReport: { enabled: true, reportFolder, reportTempFolder, reportFileName },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: { compilerMessageReporting: silent, extractorMessageReporting: silent, tsdocMessageReporting: silent },
    } as never,
    configObjectFullPath: undefined,
    packageJsonFullPath: join(projectFolder, 'package.json'),
  })
  return !Extractor.invoke(extractorConfig, { localBuild: !check, showVerboseMessages: false, messageCallback: (message) => void (message.handled = true) }).apiReportChanged
}

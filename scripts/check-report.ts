// Opens a report in headless Chromium, and fails where the page is empty, says an error or asks for anything from outside.
// usage: node scripts/check-report.ts FILE.html [SCREENSHOT.png]
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const browsers = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

const [file, screenshot = join(tmpdir(), 'rxlob-report.png')] = process.argv.slice(2)
if (file === undefined || !existsSync(file)) throw new Error(`Expected the path of a report, got ${file ?? 'nothing'}.`)
const browser = browsers.find((name) => spawnSync(name, ['--version']).status === 0)
if (browser === undefined) throw new Error(`Expected one of ${browsers.join(', ')} on the PATH: apt-get install chromium.`)

const profile = mkdtempSync(join(tmpdir(), 'rxlob-chromium-'))
const page = pathToFileURL(resolve(file)).href
const flags = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
  '--disable-sync', '--disable-dev-shm-usage', '--host-resolver-rules=MAP * ~NOTFOUND', `--user-data-dir=${profile}`, '--virtual-time-budget=10000', '--window-size=1280,4000',
  '--enable-logging=stderr',
]
const browse = (...more: string[]) => spawnSync(browser, [...flags, ...more, page], { encoding: 'utf8', timeout: 120_000, maxBuffer: 2 ** 28 })

const { status, stdout: dom, stderr } = browse('--dump-dom')
const shot = browse(`--screenshot=${screenshot}`)
rmSync(profile, { recursive: true, force: true })

const figures = dom.match(/<svg[\s>]|<img[\s>]/g)?.length ?? 0
const fetched = [...dom.matchAll(/<(?:script|link|img|iframe|source)\b[^>]*\b(?:src|href)="(?!data:|#)([^"]+)"/g)].map(([, url]) => url)
const complaints = [
  ...(status === 0 ? [] : [`${browser} exits with ${status}\n${stderr.slice(-2000)}`]),
  ...stderr.split('\n').filter((line) => /CONSOLE/.test(line) && /error|uncaught|failed|refused|violat/i.test(line)),
  ...fetched.map((url) => `the page asks for ${url}; a report holds all that it shows`),
  ...(figures > 0 ? [] : ['the page shows no figure']),
  ...(shot.status === 0 && existsSync(screenshot) && statSync(screenshot).size > 20_000 ? [] : ['the screenshot is empty']),
]
process.stdout.write(complaints.length > 0 ? `${complaints.join('\n')}\n` : `ok ${file}: ${figures} figures, no error, screenshot ${screenshot}\n`)
process.exitCode = complaints.length > 0 ? 1 : 0

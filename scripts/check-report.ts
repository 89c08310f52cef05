// Runs the main job and opens its report in headless Chromium: no error, no request, every figure drawn, nothing wider than the page.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser } from 'playwright-core'

const root = join(import.meta.dirname, '..')
const captures = process.env.RXLOB_DATA
const executablePath = process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)
/** Run in the page. A figure holds one picture a page width, of which one is shown. */
const look = `({
  figures: [...document.querySelectorAll('figure')].map((figure) => Math.max(0, ...[...figure.querySelectorAll('svg')].map((svg) => svg.getBoundingClientRect().width))),
  pageWidth: document.documentElement.scrollWidth,
  text: document.body.innerText,
})`
/** Pictures and all. */
const mostMegabytes = 6

interface Job {
  readonly name: string
  readonly args: readonly string[]
  readonly synthetic: boolean
}
const jobs: Job[] = [{ name: 'simulator', args: ['--minutes', '20'], synthetic: true }]
if (captures !== undefined) jobs.push({ name: 'GOOG', args: ['--lobster', join(captures, 'lobster'), '--symbol', 'GOOG', '--levels', '10'], synthetic: false })

if (executablePath === undefined) throw new Error('No Chromium found: install it (apt-get install chromium) or name it in CHROMIUM.')
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']
const browser = await chromium.launch({ executablePath, args: flags })
let complaints = 0
try {
  for (const job of jobs) {
    const out = mkdtempSync(join(tmpdir(), 'rxlob-report-'))
    const found = await checkJob(browser, job, out)
    rmSync(out, { recursive: true })
    complaints += found.length
    process.stdout.write(found.length === 0 ? `ok     report of ${job.name}\n` : `FAILED report of ${job.name}:\n${found.map((line) => `  ${line}\n`).join('')}`)
  }
} finally {
  await browser.close()
}
process.exitCode = complaints === 0 ? 0 : 1

async function checkJob(browser: Browser, { args, synthetic }: Job, out: string): Promise<string[]> {
  const run = spawnSync(process.execPath, ['examples/forecast-report/index.ts', ...args, '--out', out, '--json', join(out, 'results.json')], { cwd: root, encoding: 'utf8' })
  if (run.status !== 0) return [`the job exits with ${run.status}: ${run.stderr}`]
  const found: string[] = []
  const json = readFileSync(join(out, 'results.json'), 'utf8')
  if (json.includes('null')) found.push('results.json holds a null: a number that is not finite')
  const page = join(out, 'index.html')
  const megabytes = statSync(page).size / 2 ** 20
  if (megabytes > mostMegabytes) found.push(`the page has ${megabytes.toFixed(1)} MB, expected ${mostMegabytes} at most`)
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [400, 1400]) {
      const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 } })
      const tab = await context.newPage()
      const where = `${colorScheme}, ${width} px`
      tab.on('pageerror', (error) => found.push(`${where}: ${error.message}`))
      tab.on('console', (message) => message.type() === 'error' && found.push(`${where}: ${message.text()}`))
      tab.on('request', (request) => /^(file|data):/.test(request.url()) || found.push(`${where}: asks for ${request.url()}`))
      await tab.goto(`file://${page}`)
      const seen = await tab.evaluate<{ figures: number[]; pageWidth: number; text: string }>(look)
      if (seen.figures.length < 9 || seen.figures.some((figureWidth) => figureWidth < 200)) found.push(`${where}: expected nine figures or more, drawn; widths ${seen.figures.join(', ')}`)
      if (seen.pageWidth > width) found.push(`${where}: the page is ${seen.pageWidth} px wide`)
      const slip = /\bNaN\b|\bundefined\b(?! rows)|\[object/.exec(seen.text)
      if (slip !== null) found.push(`${where}: the text holds ${slip[0]}`)
      if (/synthetic/i.test(seen.text) !== synthetic) found.push(`${where}: ${synthetic ? 'does not say' : 'says'} that the data are synthetic`)
      await context.close()
    }
  }
  return found
}

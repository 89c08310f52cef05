/** One line on the terminal that tells how far a step is; a plain line a step where there is no terminal. */
export interface Progress {
  /** Begins a step; the one before is done. */
  step(name: string): void
  /** How far the step is, 0 to 1, and what to say beside the bar. */
  at(share: number, text?: string): void
  done(): void
}

const width = 24

export function progressBar(out: NodeJS.WriteStream): Progress {
  let current = ''
  let shown = 0
  const line = (share: number, text: string): string => {
    const full = Math.round(Math.min(1, Math.max(0, share)) * width)
    return `${'█'.repeat(full)}${'░'.repeat(width - full)} ${current} ${text}`
  }
  const finish = (): void => {
    if (current === '') return
    if (out.isTTY) out.write(`\r\x1b[K${line(1, '')}\n`)
  }
  return {
    step(name) {
      finish()
      current = name
      shown = 0
      if (out.isTTY) out.write(`\r\x1b[K${line(0, '')}`)
      else out.write(`${name}\n`)
    },
    at(share, text = '') {
      const now = performance.now()
      if (!out.isTTY || now - shown < 100) return
      shown = now
      out.write(`\r\x1b[K${line(share, text)}`)
    },
    done() {
      finish()
      current = ''
    },
  }
}

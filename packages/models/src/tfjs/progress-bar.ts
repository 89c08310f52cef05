export interface ProgressBar {
  /** Work done so far, of `total`. */
  at(done: number, note?: string): void
  end(): void
}

/** A line that says how far work has come and when it will be done, at most ten times a second; nothing where the stream is no terminal. */
export function progressBar(label: string, total: number, stream: NodeJS.WriteStream = process.stderr): ProgressBar {
  const began = performance.now()
  let shown = 0
  return {
    at(done, note = '') {
      const now = performance.now()
      if (!stream.isTTY || now - shown < 100) return
      shown = now
      const share = Math.min(1, done / total)
      const left = share > 0 ? ((now - began) / share) * (1 - share) / 1000 : NaN
      const filled = Math.round(share * 24)
      stream.write(`\r${label} [${'='.repeat(filled)}${' '.repeat(24 - filled)}] ${(100 * share).toFixed(0).padStart(3)} % ${timeLeft(left)} ${note}\u001b[K`)
    },
    end() {
      if (stream.isTTY) stream.write('\r\u001b[K')
    },
  }
}

const timeLeft = (seconds: number): string => {
  if (!Number.isFinite(seconds)) return ''
  const whole = Math.round(seconds)
  return whole < 60 ? `${whole} s left` : `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s left`
}

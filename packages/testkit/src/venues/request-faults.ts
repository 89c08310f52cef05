import type { Fault, FaultKind } from './fault-kinds.js'
import type { VenueRequest } from './front-end.js'
import type { VenueAnswer } from './wire.js'

/** Faults of REST answers. */
export interface RequestFaults {
  /** Whether it is a fault of requests; it waits for the next. */
  take(fault: Fault): boolean
  answer(request: VenueRequest, regular: (url: string) => VenueAnswer): VenueAnswer
  calm(): void
}

const kinds: ReadonlySet<FaultKind> = new Set<FaultKind>(['stale-snapshot', 'other-symbol-snapshot', 'partial-snapshot', 'slow-body', 'redirect', 'server-error', 'forbidden'])

/** Whether the request is for a book. */
const isBook = (url: string): boolean => /\/(depth|book|product_book)\b/.test(url)

/** @param symbols Every symbol of the venue. */
export function requestFaults(symbols: () => readonly string[], note: (kind: FaultKind) => void): RequestFaults {
  let waiting: { readonly fault: Fault; left: number }[] = []
  /** The last books served, as a cache that forgot to expire would serve them. */
  const served = new Map<string, string>()

  function meets({ kind, symbol }: Fault, url: string): boolean {
    if (kind === 'stale-snapshot' && !served.has(url)) return false
    return /snapshot/.test(kind) ? isBook(url) && (symbol === undefined || url.includes(symbol)) : true
  }
  function otherSymbol(url: string): string {
    const all = symbols()
    const asked = all.find((symbol) => url.includes(encodeURIComponent(symbol)))
    const other = all.find((symbol) => symbol !== asked)
    return asked === undefined || other === undefined ? url : url.replace(encodeURIComponent(asked), encodeURIComponent(other))
  }

  return {
    take(fault) {
      if (!kinds.has(fault.kind)) return false
      waiting.push({ fault, left: fault.count ?? 1 })
      return true
    },
    answer({ url }, regular) {
      const at = waiting.findIndex(({ fault }) => meets(fault, url))
      const met = waiting[at]
      if (met === undefined) {
        const answer = regular(url)
        if (isBook(url) && answer.status === 200) served.set(url, answer.body)
        return answer
      }
      if (--met.left <= 0) waiting.splice(at, 1)
      const { kind, seconds = 5 } = met.fault
      note(kind)
      const page = (status: number, text: string): VenueAnswer => ({ afterMicros: 0, status, body: `<html>${text}</html>`, headers: { 'content-type': 'text/html' } })
      switch (kind) {
        case 'server-error':
          return page(503, 'Service unavailable')
        case 'forbidden':
          return page(403, 'Forbidden')
        case 'redirect':
          return { ...page(302, ''), headers: { location: 'http://127.0.0.1:9/' } }
        case 'partial-snapshot':
          return { ...regular(url), failure: 'cut' }
        case 'slow-body':
          return { ...regular(url), afterMicros: Math.round(seconds * 1_000_000), failure: 'slow' }
        case 'stale-snapshot':
          return { ...regular(url), body: served.get(url)! }
        default:
          return regular(otherSymbol(url))
      }
    },
    calm() {
      waiting = []
    },
  }
}

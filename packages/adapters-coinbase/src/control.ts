import type { Control, Stream } from '@rxlob/feed'
import type { CoinbaseMessage } from './messages.js'

const aboutLogin = /authenticat|api.?key|signature|passphrase|timestamp|jwt|unauthori[sz]ed|permission|credential/i
const aboutHurry = /rate.?limit|too many|try again/i
const aboutSlowness = /ErrSlow(Consume|Read)/i
const aboutRefusal = /failed to subscribe|valid product|product|not found|unknown channel/i

/** What a message says about the connection; undefined for market data. Errors come as prose: logins are told by their words, refusals by the product or channel they name. */
export function controlOf(raw: CoinbaseMessage, streams: readonly Stream[]): Control | undefined {
  if (raw.type === 'other') return { kind: 'other' }
  if (raw.type === 'subscriptions') return { kind: 'subscribed', streams: streamsIn(raw.channels, streams) }
  if (raw.type !== 'error') return undefined
  const { text } = raw
  if (/failed to unsubscribe/i.test(text) || aboutHurry.test(text)) return { kind: 'other' }
  if (aboutSlowness.test(text)) return { kind: 'shutdown' }
  if (aboutLogin.test(text)) return { kind: 'auth', reason: text.slice(0, 200) }
  if (!aboutRefusal.test(text)) return { kind: 'other' }
  const named = streams.filter(({ symbol }) => new RegExp(`(^|[^A-Z0-9-])${escaped(symbol)}($|[^A-Z0-9-])`).test(text)).map(({ name }) => name)
  return { kind: 'refused', reason: text.slice(0, 200), ...(named.length > 0 && { streams: named }) }
}

/** Older names of channels, which answers may still use. */
const nowNamed: Readonly<Record<string, string>> = { level2_50: 'level2_batch', l2_data: 'level2' }

function streamsIn(channels: readonly { readonly name: string; readonly products: readonly string[] }[], streams: readonly Stream[]): readonly string[] {
  const confirmed = new Set(channels.flatMap(({ name, products }) => products.map((product) => `${nowNamed[name] ?? name}:${product}`)))
  return streams.filter(({ name }) => confirmed.has(name)).map(({ name }) => name)
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')

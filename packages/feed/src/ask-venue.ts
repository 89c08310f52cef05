import type { LiveSourceSpec, VenueLimits } from './live-source-spec.js'
import { heedBan } from './heed-ban.js'
import type { Outside } from './outside.js'

/**
 * A question about all symbols (their metadata, which of them are halted), asked when the host's request weight allows and never during a ban.
 * `cancels` gets what withdraws the wish.
 */
export async function askVenue<Raw, Answer>(
  spec: LiveSourceSpec<Raw>,
  outside: Required<Outside>,
  limits: Required<VenueLimits>,
  cancels: Set<() => void>,
  question: (symbols: readonly string[], outside: Required<Outside>) => Promise<Answer>,
): Promise<Answer> {
  const { snapshot, audit } = spec
  const asked = snapshot ?? audit
  if (asked === undefined) return question(spec.symbols, outside)
  const { weight } = outside.budgets.of(new URL(asked.url(spec.symbols[0]!)).host, limits)
  await new Promise<void>((resolve) => void cancels.add(weight.spend(limits.metadataWeight, resolve)))
  const fetch: typeof globalThis.fetch = async (...request) => {
    const response = await outside.fetch(...request)
    heedBan(response, weight, outside.clock)
    return response
  }
  return question(spec.symbols, { ...outside, fetch })
}

import type { Instrument } from '@rxlob/core'
import type { LiveSourceSpec, VenueLimits } from './live-source-spec.js'
import type { Outside } from './outside.js'

/** Metadata of every symbol, asked for when the host's request weight allows. `cancels` gets what withdraws the wish. */
export async function metadataOf<Raw>(spec: LiveSourceSpec<Raw>, outside: Required<Outside>, limits: Required<VenueLimits>, cancels: Set<() => void>): Promise<readonly Instrument[]> {
  const asked = spec.snapshot ?? spec.audit
  if (asked !== undefined) {
    const { weight } = outside.budgets.of(new URL(asked.url(spec.symbols[0]!)).host, limits)
    await new Promise<void>((resolve) => void cancels.add(weight.spend(limits.metadataWeight, resolve)))
  }
  return spec.instruments(spec.symbols, outside)
}

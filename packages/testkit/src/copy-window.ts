import type { FeatureWindow } from '@rxlob/core'

/** A window of its own. */
export const copyWindow = (window: FeatureWindow): FeatureWindow => ({ ...window, data: window.data.slice(), shape: [...window.shape] as const })

/** What becomes of a lent window after the call. */
export const scrambleWindow = ({ data }: FeatureWindow): void => void data.fill(-12_345.5)

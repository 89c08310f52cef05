export interface LearningRateOptions {
  readonly peak: number
  readonly schedule: 'cosine' | 'constant'
  /** Share of the whole run that is done, 0 to 1. */
  readonly progress: number
  /** Share of the run over which the rate rises from 0. */
  readonly warmUp: number
}

/** `cosine`: rises linearly, then falls to a tenth of the peak along half a cosine. */
export function learningRateAt({ peak, schedule, progress, warmUp }: LearningRateOptions): number {
  const rise = warmUp > 0 ? Math.min(1, (progress + warmUp / 100) / warmUp) : 1
  return schedule === 'constant' ? peak * rise : peak * rise * (0.1 + 0.45 * (1 + Math.cos(Math.PI * progress)))
}

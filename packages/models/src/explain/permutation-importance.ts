import { integerOption, LobError, seededRandom } from '@rxlob/core'

export interface PermutationImportanceOptions {
  /** Loss of the model on these inputs, row-major [rows, features]: lower is better. The targets stay with their rows. */
  readonly loss: (inputs: Float32Array) => number | Promise<number>
  readonly features: number
  /** Row-major [rows, features], of a test block the model was not trained on; in time order. */
  readonly inputs: ArrayLike<number>
  /** Rows that move together: at least the horizon of the labels, so that neighbours which share a label stay together. */
  readonly blockRows: number
  /** Features that are shuffled as one, by number: features that stand in for each other hide each other's worth alone. Default each by itself. */
  readonly groups?: readonly (readonly number[])[]
  /** Shuffles of each group, 2 or more. Default 20. */
  readonly repeats?: number
  /** Default 1. */
  readonly seed?: number
}

export interface PermutationImportance {
  /** Loss of the untouched inputs. */
  readonly loss: number
  /** `[groups]`: mean rise of the loss. Near 0 or below: the model makes nothing of it on these rows. Unit: that of the loss. */
  readonly mean: Float64Array
  /** `[groups]`: over the repeats. Says how much the shuffling mattered, not how much another test block would. */
  readonly standardDeviation: Float64Array
  /** [groups, repeats] */
  readonly rises: Float64Array
}

/**
 * How much worse a model gets where one group of features is taken from other times.
 *
 *   importance = mean over shuffles of loss(inputs with the group's columns moved by blocks) - loss(inputs)
 *
 * Every shuffle moves all blocks at once, the last, shorter one aside; a block never stays where it was. Cost: groups times repeats calls of `loss`.
 *
 * @throws {LobError} LOB_BAD_OPTION where shapes do not match, a group names no feature, or there are fewer than five blocks; LOB_MODEL where `loss` gives no finite number.
 * @see Breiman (2001), Random forests, section 10; Fisher, Rudin and Dominici (2019), JMLR 20(177)
 */
export async function permutationImportance(options: PermutationImportanceOptions): Promise<PermutationImportance> {
  const features = integerOption('features', options.features, 1)
  const repeats = integerOption('repeats', options.repeats ?? 20, 2)
  const random = seededRandom(integerOption('seed', options.seed ?? 1, 0))
  const rows = options.inputs.length / features
  if (!Number.isInteger(rows)) throw new LobError('LOB_BAD_OPTION', `Option inputs: expected rows of ${features} numbers, got ${options.inputs.length} in all.`)
  const blockRows = integerOption('blockRows', options.blockRows, 1)
  const blocks = Math.floor(rows / blockRows)
  if (blocks < 5) throw new LobError('LOB_BAD_OPTION', `Option blockRows: ${rows} rows make ${blocks} blocks of ${blockRows}, expected 5 or more; use a longer test block.`)
  const groups = options.groups ?? Array.from({ length: features }, (_, feature) => [feature])
  for (const feature of groups.flat()) integerOption('groups', feature, 0, features - 1)
  const measure = async (inputs: Float32Array): Promise<number> => {
    const loss = await options.loss(inputs)
    if (!Number.isFinite(loss)) throw new LobError('LOB_MODEL', `permutationImportance: the loss is ${loss}, expected a finite number.`)
    return loss
  }
  const original = Float32Array.from(options.inputs)
  const loss = await measure(original.slice())
  const mean = new Float64Array(groups.length)
  const standardDeviation = new Float64Array(groups.length)
  const rises = new Float64Array(groups.length * repeats)
  const order = Int32Array.from({ length: blocks }, (_, block) => block)
  for (let group = 0; group < groups.length; group++) {
    for (let repeat = 0; repeat < repeats; repeat++) {
      // Sattolo's shuffle of the identity: one cycle through all blocks, so none stays.
      order.forEach((_, block) => (order[block] = block))
      for (let at = blocks - 1; at > 0; at--) {
        const other = Math.floor(random() * at)
        const block = order[at]!
        order[at] = order[other]!
        order[other] = block
      }
      const mixed = original.slice()
      for (let row = 0; row < blocks * blockRows; row++) {
        const from = order[Math.floor(row / blockRows)]! * blockRows + (row % blockRows)
        for (const feature of groups[group]!) mixed[row * features + feature] = original[from * features + feature]!
      }
      rises[group * repeats + repeat] = (await measure(mixed)) - loss
    }
    const own = rises.subarray(group * repeats, (group + 1) * repeats)
    mean[group] = own.reduce((sum, rise) => sum + rise, 0) / repeats
    standardDeviation[group] = Math.sqrt(own.reduce((sum, rise) => sum + (rise - mean[group]!) ** 2, 0) / (repeats - 1))
  }
  return { loss, mean, standardDeviation, rises }
}

import { LobError } from '@rxlob/core'
import { joinedTrees, type EnsembleHead, type NumberedTree } from './joined-trees.js'
import { orderedTree } from './ordered-tree.js'
import { missingRules, type TreeEnsemble } from './tree-ensemble.js'

type Section = ReadonlyMap<string, string>

/** Bits of `decision_type`. */
const categorical = 1
const defaultLeft = 2
const missingTypes = ['none', 'zero', 'nan'] as const

/**
 * An ensemble from a LightGBM text model (`Booster.save_model`), predicting what LightGBM predicts.
 *
 * Objectives: `multiclass`, `binary`, `regression` (also `regression_l1`, `huber`, `fair`, `quantile`, `mape`). Inputs are compared as doubles, as
 * LightGBM does. Covers are LightGBM's row counts, which its own SHAP values go by. A `sigmoid` other than 1 is folded into the leaves.
 *
 * @throws {LobError} LOB_BAD_FILE, with the line, where the text is no such model, is truncated or damaged; LOB_MODEL where it holds what is not
 *   read: categorical splits, linear trees, random forests, other objectives.
 * @see https://github.com/lightgbm-org/LightGBM, src/boosting/gbdt_model_text.cpp and include/LightGBM/tree.h
 */
export function lightGbmTrees(text: string): TreeEnsemble {
  const lines = text.split(/\r?\n/)
  if (lines[0]?.trim() !== 'tree') throw new LobError('LOB_BAD_FILE', 'Expected a LightGBM text model, whose first line is "tree": save it with Booster.save_model.', { line: 1 })
  const starts = lines.flatMap((line, at) => (/^Tree=\d+$/.test(line) ? [at] : []))
  const end = lines.findIndex((line) => line.trim() === 'end of trees')
  if (end < 0) throw new LobError('LOB_BAD_FILE', 'LightGBM model: "end of trees" is missing; the file is truncated.', { line: lines.length })
  const header = sectionOf(lines, 1, starts[0] ?? end)
  if (lines.slice(1, starts[0] ?? end).includes('average_output')) throw new LobError('LOB_MODEL', 'LightGBM model: random forests (average_output) are not read; train with boosting=gbdt.')
  const outputs = count(header, 'num_tree_per_iteration', 1)
  const { link, scale } = objectiveOf(header.get('objective') ?? '', outputs)
  const features = count(header, 'max_feature_idx', 1) + 1
  const sizes = header.get('tree_sizes')?.split(' ').length
  if (starts.length % outputs !== 0 || (sizes !== undefined && starts.length > 0 && sizes !== starts.length)) {
    throw new LobError('LOB_BAD_FILE', `LightGBM model: expected ${sizes ?? 'whole rounds of'} trees of ${outputs} an iteration, got ${starts.length}; the file is damaged.`)
  }
  const names = header.get('feature_names')?.split(' ') ?? []
  const named = names.length === features && !names.every((name, at) => name === `Column_${at}`)
  const head: EnsembleHead = { link, features, ...(named && { featureNames: names }), outputs, precision: 'double', baseScores: new Float64Array(outputs) }
  const trees = starts.map((start, at) => treeOf(sectionOf(lines, start + 1, starts[at + 1] ?? end), start + 1, features, at % outputs, scale))
  return joinedTrees(head, trees)
}

function treeOf(section: Section, line: number, features: number, output: number, scale: number): NumberedTree {
  const what = `LightGBM tree at line ${line}`
  const leaves = count(section, 'num_leaves', line)
  if (leaves < 1) throw new LobError('LOB_BAD_FILE', `${what}: expected a leaf or more, got ${leaves}.`, { line })
  if (Number(section.get('num_cat') ?? 0) > 0) throw new LobError('LOB_MODEL', `${what}: categorical splits are not read; give categories as columns of 0 and 1.`, { line })
  if (Number(section.get('is_linear') ?? 0) > 0) throw new LobError('LOB_MODEL', `${what}: linear trees are not read; train with linear_tree=false.`, { line })
  const splits = leaves - 1
  const numbers = (key: string, length: number): number[] => {
    const read = length === 0 ? [] : (section.get(key)?.split(' ').map(finite) ?? [])
    if (read.length !== length || read.some((value) => Number.isNaN(value))) throw new LobError('LOB_BAD_FILE', `${what}: expected ${length} numbers in ${key}, got "${section.get(key) ?? 'none'}".`, { line })
    return read
  }
  // A model of one leaf may come without a count: nothing passes by it.
  const leafCover = splits === 0 && !section.has('leaf_count') ? [1] : numbers('leaf_count', leaves)
  // Children below 0 are leaves: leaf l is ~l there, and node splits + l here.
  const child = (node: number): number => (node < 0 ? splits + ~node : node)
  const decisions = numbers('decision_type', splits)
  const none = new Array<number>(leaves).fill(0)
  const raw: NumberedTree = {
    output,
    feature: [...numbers('split_feature', splits), ...none.map(() => -1)],
    threshold: [...numbers('threshold', splits), ...none],
    left: [...numbers('left_child', splits).map(child), ...none],
    right: [...numbers('right_child', splits).map(child), ...none],
    missing: [...decisions.map((decision) => missingRule(decision, what, line)), ...none],
    value: [...new Array<number>(splits).fill(0), ...numbers('leaf_value', leaves).map((value) => value * scale)],
    cover: [...numbers('internal_count', splits), ...leafCover],
  }
  return orderedTree(raw, features, what)
}

/** LightGBM parts NaN from all numbers by a split at `inf`; the largest double does so too, and JSON holds it. */
const finite = (text: string): number => (text === 'inf' ? Number.MAX_VALUE : text === '-inf' ? -Number.MAX_VALUE : Number(text))

function missingRule(decision: number, what: string, line: number): number {
  const type = missingTypes[decision >> 2]
  if (!Number.isInteger(decision) || type === undefined) throw new LobError('LOB_BAD_FILE', `${what}: expected decision types from 0 to 11, got ${decision}.`, { line })
  if ((decision & categorical) !== 0) throw new LobError('LOB_MODEL', `${what}: categorical splits are not read; give categories as columns of 0 and 1.`, { line })
  const side = (decision & defaultLeft) !== 0 ? missingRules.goesLeft : 0
  return side + { none: 0, zero: missingRules.zeroIsMissing, nan: missingRules.nanIsMissing }[type]
}

function objectiveOf(objective: string, outputs: number): { link: TreeEnsemble['link']; scale: number } {
  const [name, ...settings] = objective.split(' ')
  const setting = (key: string): string | undefined => settings.find((entry) => entry.startsWith(`${key}:`))?.slice(key.length + 1)
  if (name === 'multiclass' && outputs >= 2) return { link: 'softmax', scale: 1 }
  if (name === 'binary' && outputs === 1) {
    const scale = Number(setting('sigmoid') ?? 1)
    if (scale > 0 && scale < Infinity) return { link: 'sigmoid', scale }
  }
  const isRegression = ['regression', 'regression_l1', 'huber', 'fair', 'quantile', 'mape'].includes(name!)
  if (isRegression && outputs === 1 && !settings.includes('sqrt')) return { link: 'identity', scale: 1 }
  throw new LobError('LOB_MODEL', `LightGBM model: the objective "${objective}" with ${outputs} trees an iteration is not read; expected multiclass, binary or regression.`)
}

/** `key=value` lines, by key. */
function sectionOf(lines: readonly string[], from: number, to: number): Section {
  const section = new Map<string, string>()
  for (let at = from; at < to; at++) {
    const split = lines[at]!.indexOf('=')
    if (split > 0) section.set(lines[at]!.slice(0, split), lines[at]!.slice(split + 1).trim())
  }
  return section
}

function count(section: Section, key: string, line: number): number {
  const text = section.get(key) ?? 'none'
  const value = Number(text)
  // Far more than any machine trains; a damaged file must not ask for the memory of it.
  if (Number.isInteger(value) && value >= 0 && value < 2 ** 24) return value
  throw new LobError('LOB_BAD_FILE', `LightGBM model: expected a count in ${key}, got ${text}.`, { line })
}

import { LobError, type InputSpec, type OutputSpec } from '@rxlob/core'
import { joinedTrees } from './joined-trees.js'
import { jsonReader, type JsonReader } from './json-reader.js'
import { orderedTree } from './ordered-tree.js'
import { checkModel, type TreesModel } from './trees-predictor.js'
import type { TreeEnsemble } from './tree-ensemble.js'

const columns = ['feature', 'threshold', 'left', 'right', 'missing', 'value', 'cover'] as const
const version = 1

/** A model as plain JSON data; `treesFromJson` of it, or of its text parsed, predicts the same bits. */
export function treesJson({ ensemble, input, output, name, standardDeviation }: TreesModel): unknown {
  const { roots, outputOfTree, link, features, featureNames, outputs, precision, baseScores } = ensemble
  const trees = Array.from(roots, (root, tree) => {
    const end = roots[tree + 1] ?? ensemble.feature.length
    const part = (of: (typeof columns)[number]): number[] => Array.from(ensemble[of].subarray(root, end), (entry) => ((of === 'left' || of === 'right') && entry >= 0 ? entry - root : entry))
    return { output: outputOfTree[tree]!, ...Object.fromEntries(columns.map((of) => [of, part(of)])) }
  })
  const head = { link, features, ...(featureNames && { featureNames: [...featureNames] }), outputs, precision, baseScores: [...baseScores] }
  const wiring = JSON.parse(JSON.stringify({ input, output })) as { input: InputSpec; output: OutputSpec }
  return { model: 'trees', version, ...wiring, ...(name !== undefined && { name }), ...(standardDeviation !== undefined && { standardDeviation }), ensemble: { ...head, trees } }
}

/**
 * The model that `treesJson` wrote, checked: whatever the data, the trees end, and read only numbers that a window has.
 *
 * @param json The parsed file, or its text.
 * @throws {LobError} LOB_BAD_FILE naming the place where it is not as `treesJson` writes it; LOB_COLUMN_MISMATCH or LOB_BAD_OPTION where its parts
 *   do not fit each other.
 */
export function treesFromJson(json: unknown): TreesModel {
  const root = jsonReader(typeof json === 'string' ? parsed(json) : json, 'Tree model')
  if (root.at('model').text() !== 'trees' || root.at('version').number() !== version) throw new LobError('LOB_BAD_FILE', `Tree model: expected model "trees" of version ${version}; write it with treesJson.`)
  const model: TreesModel = {
    ensemble: ensembleOf(root.at('ensemble')),
    input: inputFrom(root.at('input')),
    output: outputFrom(root.at('output')),
    ...(root.has('name') && { name: root.at('name').text() }),
    ...(root.has('standardDeviation') && { standardDeviation: root.at('standardDeviation').number() }),
  }
  checkModel(model, model.name ?? 'trees')
  return model
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    throw new LobError('LOB_BAD_FILE', `Tree model: no JSON (${String(error)}); the file is truncated or of another kind.`, {}, { cause: error })
  }
}

function ensembleOf(reader: JsonReader): TreeEnsemble {
  const features = reader.at('features').integer(1, 2 ** 24)
  const outputs = reader.at('outputs').integer(1, 2 ** 16)
  const baseScores = Float64Array.from(reader.at('baseScores').numbers())
  const link = reader.at('link').oneOf(['softmax', 'sigmoid', 'identity'] as const)
  if (baseScores.length !== outputs || (link !== 'softmax' && outputs !== 1)) throw new LobError('LOB_BAD_FILE', `${reader.path}: expected a base score for each of ${outputs} outputs of ${link}, got ${baseScores.length}.`)
  const featureNames = reader.has('featureNames') ? reader.at('featureNames').items().map((entry) => entry.text()) : undefined
  const head = { link, features, ...(featureNames && { featureNames }), outputs, precision: reader.at('precision').oneOf(['single', 'double'] as const), baseScores }
  const trees = reader.at('trees').items().map((tree) => {
    const raw = { output: tree.at('output').integer(0, outputs - 1), ...(Object.fromEntries(columns.map((of) => [of, tree.at(of).numbers()])) as Record<(typeof columns)[number], number[]>) }
    return orderedTree(raw, features, tree.path)
  })
  return joinedTrees(head, trees)
}

function inputFrom(reader: JsonReader): InputSpec {
  const texts = (key: string): string[] => reader.at(key).items().map((entry) => entry.text())
  const scaler = reader.has('scaler') ? { mean: reader.at('scaler').at('mean').numbers(), scale: reader.at('scaler').at('scale').numbers() } : undefined
  return { columns: texts('columns'), fingerprints: texts('fingerprints'), sampler: reader.at('sampler').text(), length: reader.at('length').integer(1, 2 ** 24), ...(scaler && { scaler }) }
}

function outputFrom(reader: JsonReader): OutputSpec {
  const ahead = reader.at('horizon')
  const horizon = ahead.has('rows') ? { rows: ahead.at('rows').integer(1, Number.MAX_SAFE_INTEGER) } : { micros: ahead.at('micros').integer(1, Number.MAX_SAFE_INTEGER) }
  if (reader.at('kind').oneOf(['classes', 'value'] as const) === 'classes') return { kind: 'classes', classes: reader.at('classes').items().map((entry) => entry.text()), horizon }
  return { kind: 'value', unit: reader.at('unit').oneOf(['ticks', 'return', 'log-return'] as const), horizon }
}

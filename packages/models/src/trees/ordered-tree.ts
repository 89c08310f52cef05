import { LobError } from '@rxlob/core'
import type { NumberedTree } from './joined-trees.js'

type Node = 'feature' | 'threshold' | 'left' | 'right' | 'missing' | 'value' | 'cover'

/**
 * A tree from outside with its nodes renumbered from the root down, parents before children. Node 0 is the root; what it does not reach is left out.
 *
 * @throws {LobError} LOB_BAD_FILE naming the node where a child is no node, is reached twice (a cycle), where a split is on no feature or at no
 *   number, or where a leaf's value or a cover is no finite number.
 */
export function orderedTree(raw: NumberedTree, features: number, what: string): NumberedTree {
  const nodes = raw.value.length
  const broken = (node: number, expected: string, got: unknown): LobError =>
    new LobError('LOB_BAD_FILE', `${what}, node ${node}: expected ${expected}, got ${String(got)}; the model file is damaged or not as its library writes it.`)
  for (const name of ['feature', 'threshold', 'left', 'right', 'missing', 'cover'] as const) {
    if (raw[name].length !== nodes) throw new LobError('LOB_BAD_FILE', `${what}: expected ${nodes} nodes in ${name}, got ${raw[name].length}.`)
  }
  if (nodes === 0) throw new LobError('LOB_BAD_FILE', `${what}: expected a node or more, got none.`)
  const ordered: Record<Node, number[]> = { feature: [], threshold: [], left: [], right: [], missing: [], value: [], cover: [] }
  const seen = new Uint8Array(nodes)
  // A node and which child of which new node it is.
  const waiting: { node: number; parent: number; side: 'left' | 'right' }[] = [{ node: 0, parent: -1, side: 'left' }]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { node, parent, side } = next
    if (!(Number.isInteger(node) && node >= 0 && node < nodes)) throw broken(node, `one of the ${nodes} nodes`, node)
    if (seen[node] === 1) throw broken(node, 'one parent', 'two: the tree turns in a circle')
    seen[node] = 1
    const at = ordered.value.length
    if (parent >= 0) ordered[side][parent] = at
    const feature = raw.feature[node]!
    const isLeaf = feature === -1
    if (!isLeaf && !(Number.isInteger(feature) && feature >= 0 && feature < features)) throw broken(node, `a split on one of ${features} features`, feature)
    if (!isLeaf && (typeof raw.threshold[node] !== 'number' || Number.isNaN(raw.threshold[node]))) throw broken(node, 'a number to split at', raw.threshold[node])
    if (isLeaf && !Number.isFinite(raw.value[node])) throw broken(node, 'a finite leaf value', raw.value[node])
    if (!(Number.isFinite(raw.cover[node]) && raw.cover[node]! >= 0)) throw broken(node, 'a cover of 0 or more', raw.cover[node])
    const rule = raw.missing[node]!
    if (!(Number.isInteger(rule) && rule >= 0 && rule < 8)) throw broken(node, 'a missing rule from 0 to 7', rule)
    ordered.feature.push(feature)
    ordered.threshold.push(isLeaf ? 0 : raw.threshold[node]!)
    ordered.left.push(-1)
    ordered.right.push(-1)
    ordered.missing.push(isLeaf ? 0 : rule)
    ordered.value.push(isLeaf ? raw.value[node]! : 0)
    ordered.cover.push(raw.cover[node]!)
    if (isLeaf) continue
    waiting.push({ node: raw.right[node]!, parent: at, side: 'right' }, { node: raw.left[node]!, parent: at, side: 'left' })
  }
  return { ...ordered, output: raw.output }
}

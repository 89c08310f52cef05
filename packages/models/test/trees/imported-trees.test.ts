import { describe, expect, it } from 'vitest'
import { lightGbmTrees, treeOutputs, treeScores, xgBoostTrees } from '../../src/trees/index.js'
import { goldenText, goldenTrees, treesGolden } from '../golden/trees-golden.js'
import { refusal } from '../refusal.js'

describe.each(Object.entries(treesGolden.models))('%s', (name, { scores, outputs }) => {
  const ensemble = goldenTrees(name)

  it('scores every row as its library does, NaN, zeros and extremes among them', () => {
    const own = treeScores(ensemble, treesGolden.inputs)
    expect(own.length).toBe(scores.length)
    // A sigmoid other than 1 is folded into the leaves.
    const scale = name === 'lightgbm-binary' ? 2 : 1
    own.forEach((score, at) => expect(Math.abs(score - scale * scores[at]!), `score ${at}`).toBeLessThan(1e-6))
  })

  it('predicts what its library predicts', () => {
    const own = treeOutputs(ensemble, treesGolden.inputs)
    const theirs = ensemble.link === 'sigmoid' ? outputs.flatMap((up) => [1 - up, up]) : outputs
    expect(own.length).toBe(theirs.length)
    own.forEach((value, at) => expect(Math.abs(value - theirs[at]!), `output ${at}`).toBeLessThan(1e-6))
  })
})

describe('LightGBM text', () => {
  const text = goldenText('lightgbm-multiclass')

  it('names its features where they were named', () => {
    expect(lightGbmTrees(text).featureNames).toBeUndefined()
    const named = text.replace(/feature_names=.*/, 'feature_names=ofi spread rho vol age')
    expect(lightGbmTrees(named).featureNames).toEqual(['ofi', 'spread', 'rho', 'vol', 'age'])
  })

  it.each([
    ['no model', 'hello', 'LOB_BAD_FILE', 'first line'],
    ['a truncated file', text.slice(0, text.length / 2), 'LOB_BAD_FILE', 'truncated'],
    ['a missing tree', text.replace(/Tree=3\n[^]*?(?=Tree=4\n)/, ''), 'LOB_BAD_FILE', 'got 14'],
    ['a child that is no node', text.replace(/left_child=1/, 'left_child=77'), 'LOB_BAD_FILE', 'one of the 11 nodes'],
    ['a cycle', text.replace(/left_child=1 /, 'left_child=0 '), 'LOB_BAD_FILE', 'circle'],
    ['a feature that is not there', text.replace(/split_feature=3/, 'split_feature=5'), 'LOB_BAD_FILE', 'one of 5 features'],
    ['numbers that are none', text.replace(/threshold=1\.0+/, 'threshold=x'), 'LOB_BAD_FILE', 'expected 5 numbers in threshold'],
    ['a short list', text.replace(/leaf_value=\S+ /, 'leaf_value='), 'LOB_BAD_FILE', 'expected 6 numbers in leaf_value'],
    ['an absurd count', text.replace('num_leaves=6', 'num_leaves=4000000000'), 'LOB_BAD_FILE', 'num_leaves'],
    ['categorical splits', text.replace('num_cat=0', 'num_cat=1'), 'LOB_MODEL', 'categorical'],
    ['linear trees', text.replace('is_linear=0', 'is_linear=1'), 'LOB_MODEL', 'linear'],
    ['a random forest', text.replace('version=v4', 'version=v4\naverage_output'), 'LOB_MODEL', 'forests'],
    ['another objective', text.replace('objective=multiclass num_class:3', 'objective=poisson'), 'LOB_MODEL', 'poisson'],
  ])('refuses %s', (_, damaged, code, message) => {
    const error = refusal(() => lightGbmTrees(damaged))
    expect(error.code).toBe(code)
    expect(error.message).toContain(message)
  })
})

describe('XGBoost JSON', () => {
  const text = goldenText('xgboost-multiclass')

  it.each([
    ['a truncated file', text.slice(0, text.length / 2), 'LOB_BAD_FILE', 'whole'],
    ['another JSON', '{"a":1}', 'LOB_BAD_FILE', 'learner'],
    ['a list', '[]', 'LOB_BAD_FILE', 'learner'],
    ['a child that is no node', text.replace('"left_children":[1', '"left_children":[999'), 'LOB_BAD_FILE', 'one of the 15 nodes'],
    ['a cycle', text.replace('"left_children":[1', '"left_children":[0'), 'LOB_BAD_FILE', 'circle'],
    ['a feature that is not there', text.replace('"split_indices":[3', '"split_indices":[5'), 'LOB_BAD_FILE', 'one of 5 features'],
    ['texts for numbers', text.replace('"split_conditions":[1E0', '"split_conditions":["1E0"'), 'LOB_BAD_FILE', 'finite numbers'],
    ['a short list', text.replace('"default_left":[0,', '"default_left":['), 'LOB_BAD_FILE', '15 nodes in missing'],
    ['an output that is none', text.replace('"tree_info":[0', '"tree_info":[3'), 'LOB_BAD_FILE', 'from 0 to 2'],
    ['categorical splits', text.replace('"split_type":[0', '"split_type":[1'), 'LOB_MODEL', 'categorical'],
    ['dart', text.replace('"name":"gbtree"', '"name":"dart"'), 'LOB_MODEL', 'dart'],
    ['forests', text.replace('"num_parallel_tree":"1"', '"num_parallel_tree":"4"'), 'LOB_MODEL', 'forests'],
    ['another objective', text.replace('"name":"multi:softprob"', '"name":"count:poisson"'), 'LOB_MODEL', 'count:poisson'],
    ['a base score that is none', text.replace(/"base_score":"[^"]*"/, '"base_score":"x"'), 'LOB_BAD_FILE', 'base_score'],
  ])('refuses %s', (_, damaged, code, message) => {
    const error = refusal(() => xgBoostTrees(damaged))
    expect(error.code).toBe(code)
    expect(error.message).toContain(message)
  })

  it('reads the single base score of the versions before 3.1', () => {
    const old = xgBoostTrees(text.replace(/"base_score":"[^"]*"/, '"base_score":"5E-1"'))
    expect([...old.baseScores]).toEqual([0.5, 0.5, 0.5])
  })
})

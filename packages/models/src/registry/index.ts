export { modelRegistry, type ModelRegistry, type ModelRegistryOptions, type ModelVersion } from './model-registry.js'
export { promotedPredictor, type ModelSwap, type PromotedPredictorOptions } from './promoted-predictor.js'

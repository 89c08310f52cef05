import { defineConfig } from 'tsup'
import { packageBuild } from '../../tsup.shared.js'

export default defineConfig(packageBuild({
  bayes: 'src/bayes/index.ts',
  calibrate: 'src/calibrate/index.ts',
  ensemble: 'src/ensemble/index.ts',
  drift: 'src/drift/index.ts',
  explain: 'src/explain/index.ts',
  fi2010: 'src/fi2010/index.ts',
  onnx: 'src/onnx/index.ts',
  // The program of its worker threads.
  'onnx-runtime': 'src/onnx/runtime.ts',
  // Loaded by it where WebAssembly is wanted.
  'onnx-web-runner': 'src/onnx/web-runner.ts',
  registry: 'src/registry/index.ts',
  tfjs: 'src/tfjs/index.ts',
  trees: 'src/trees/index.ts',
}))

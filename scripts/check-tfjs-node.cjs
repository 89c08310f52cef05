// Multiplies two matrices on @tensorflow/tfjs-node and says on which TensorFlow; ends with 1 where its binding does not load.
const util = require('node:util')

util.isNullOrUndefined ??= (value) => value === null || value === undefined
util.isArray ??= Array.isArray
process.env.TF_CPP_MIN_LOG_LEVEL ??= '2'
try {
  const tf = require('@tensorflow/tfjs-node')
  const [product] = tf.matMul([[1, 2]], [[3], [4]]).dataSync()
  if (product !== 11) throw new Error(`1 * 3 + 2 * 4 gave ${product}`)
  console.log(`tfjs-node ${tf.version['tfjs-node']} runs on TensorFlow ${tf.backend().binding.TF_Version}`)
} catch (error) {
  console.error(`tfjs-node: ${String(error.message).split('\n')[0]}`)
  process.exitCode = 1
}

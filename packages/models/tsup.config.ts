import { defineConfig } from 'tsup'
import { packageBuild } from '../../tsup.shared.js'

export default defineConfig(packageBuild({ bayes: 'src/bayes/index.ts', ensemble: 'src/ensemble/index.ts' }))

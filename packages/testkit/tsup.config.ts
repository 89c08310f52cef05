import { defineConfig } from 'tsup'
import { packageBuild } from '../../tsup.shared.js'

export default defineConfig(packageBuild({ index: 'src/index.ts', venues: 'src/venues/index.ts', 'rxlob-venue': 'src/venues/rxlob-venue.ts' }))

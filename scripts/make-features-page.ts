import { writeFileSync } from 'node:fs'
import { featureSources } from './features-page/feature-sources.ts'
import { featuresPage } from './features-page/features-page.ts'
import { measured } from './features-page/measured.ts'

// npm run docs:features
writeFileSync(new URL('../docs/features.md', import.meta.url), featuresPage(featureSources(), measured()))

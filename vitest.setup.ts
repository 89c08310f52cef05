import fc from 'fast-check'

// Property tests run on the same cases everywhere; RXLOB_SEED tries others (`RXLOB_SEED=$RANDOM npm test`).
fc.configureGlobal({ seed: Number(process.env.RXLOB_SEED ?? 20_120_621) })

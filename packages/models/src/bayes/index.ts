export * from './bayesian-logistic.js'
export * from './laplace-logistic.js'
export * from './probit-update.js'

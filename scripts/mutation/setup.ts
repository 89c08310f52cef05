import fc from 'fast-check'

// A mutant that a property finds is dead: nobody reads the smallest case.
fc.configureGlobal({ ...fc.readConfigureGlobal(), endOnFailure: true })

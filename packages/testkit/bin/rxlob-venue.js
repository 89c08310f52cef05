#!/usr/bin/env node
// A file of its own, so that the command is there before the package is built.
import '../dist/rxlob-venue.js'

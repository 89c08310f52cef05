import { serialize } from 'node:v8'
import { depthCaptures, type DepthMarket } from './depth-captures.ts'

/** `node captures-child.ts MARKET`: its captures on standard output, serialized. */
process.stdout.write(serialize(await depthCaptures(process.argv[2] as DepthMarket)))

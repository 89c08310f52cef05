import { LobError } from '@rxlob/core'
import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { checkModelHash, readManifest, type ModelManifest } from '../manifest.js'

/** One published model. What is published never changes. */
export interface ModelVersion {
  readonly name: string
  /** From 1. */
  readonly version: number
  readonly manifest: ModelManifest
  /** Paths, as `onnxPredictor` takes them. */
  readonly modelFile: string
  readonly manifestFile: string
}

/** Models on disk, a folder a version, and a pointer to the one that serves. */
export interface ModelRegistry {
  /** Stores a model under its manifest's name as the next version. It does not serve until it is promoted. */
  publish(model: Uint8Array, manifest: ModelManifest): Promise<ModelVersion>
  /** All versions of a model, oldest first. */
  list(name: string): Promise<ModelVersion[]>
  /** Names that have a version. */
  names(): Promise<string[]>
  get(name: string, version: number): Promise<ModelVersion>
  /** Makes a version the one that serves. */
  promote(name: string, version: number): Promise<ModelVersion>
  /** Goes back to the version that served before; the one that serves now is not gone, only no longer promoted. */
  rollBack(name: string): Promise<ModelVersion>
  /** The version that serves; undefined before the first promotion. */
  promoted(name: string): Promise<ModelVersion | undefined>
}

export interface ModelRegistryOptions {
  /** Where the models are; made at the first publication. */
  readonly directory: string
}

/** Promotions that can be taken back. */
const maxHistory = 100

/**
 * A registry of models in a folder: `<directory>/<name>/<version>/{model.onnx, manifest.json}` and `<directory>/<name>/promoted.json`.
 *
 * Versions and promotions appear whole or not at all (written aside, flushed, renamed), also when the process dies in between, and several
 * processes may publish and read at once. Two that promote at the same moment leave one of the two in place.
 *
 * @throws {LobError} From its methods: LOB_BAD_OPTION for names and versions that are not there or not to be had; LOB_BAD_FILE for a folder
 * that cannot be read or written, or files that are damaged.
 */
export function modelRegistry({ directory }: ModelRegistryOptions): ModelRegistry {
  const folderOf = (name: string): string => {
    // No separators and no leading dot: a name cannot leave the folder, and the folders written aside are no names.
    if (/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(name)) return join(directory, name)
    throw new LobError('LOB_BAD_OPTION', `A model's name is up to 100 letters, digits, dots, dashes and underscores and begins with a letter or digit, got ${JSON.stringify(name)}.`)
  }
  const filesOf = (name: string, version: number): Pick<ModelVersion, 'modelFile' | 'manifestFile'> => {
    const folder = join(folderOf(name), String(version).padStart(6, '0'))
    return { modelFile: join(folder, 'model.onnx'), manifestFile: join(folder, 'manifest.json') }
  }
  const pointerOf = (name: string): string => join(folderOf(name), 'promoted.json')
  const versionsOf = async (name: string): Promise<number[]> =>
    (await entriesOf(folderOf(name))).filter((entry) => /^\d{6,}$/.test(entry)).map(Number).sort((a, b) => a - b)

  async function historyOf(name: string): Promise<number[]> {
    const text = await textOf(pointerOf(name))
    if (text === undefined) return []
    const { history } = parsed(text, pointerOf(name)) as { history?: unknown }
    if (Array.isArray(history) && history.every((version) => Number.isSafeInteger(version) && version > 0)) return history as number[]
    throw new LobError('LOB_BAD_FILE', `${pointerOf(name)} names no versions: promote a version again to write it anew, once it is deleted.`, { file: pointerOf(name) })
  }
  async function point(name: string, history: readonly number[]): Promise<void> {
    const file = pointerOf(name)
    const aside = `${file}.${randomUUID()}`
    await writeWhole(aside, JSON.stringify({ history: history.slice(-maxHistory) }))
    await reporting(file, () => rename(aside, file))
    await flushFolder(folderOf(name))
  }

  const registry: ModelRegistry = {
    async publish(model, given) {
      const manifest = readManifest(given)
      checkModelHash(model, manifest)
      const folder = folderOf(manifest.name)
      const aside = join(folder, `.staging-${randomUUID()}`)
      await reporting(folder, () => mkdir(aside, { recursive: true }))
      try {
        await writeWhole(join(aside, 'model.onnx'), model)
        await writeWhole(join(aside, 'manifest.json'), `${JSON.stringify(manifest, undefined, 2)}\n`)
        for (let version = ((await versionsOf(manifest.name)).at(-1) ?? 0) + 1; ; version++) {
          const files = filesOf(manifest.name, version)
          if (!(await renamedTo(aside, join(files.modelFile, '..')))) continue
          await flushFolder(folder)
          return { name: manifest.name, version, manifest, ...files }
        }
      } catch (error) {
        await rm(aside, { recursive: true, force: true })
        throw error
      }
    },
    async list(name) {
      return Promise.all((await versionsOf(name)).map((version) => registry.get(name, version)))
    },
    async names() {
      const names = (await entriesOf(directory)).filter((entry) => /^[A-Za-z0-9]/.test(entry)).sort()
      const counts = await Promise.all(names.map(versionsOf))
      return names.filter((_, at) => counts[at]!.length > 0)
    },
    async get(name, version) {
      const files = filesOf(name, version)
      const text = await textOf(files.manifestFile)
      if (text === undefined) throw new LobError('LOB_BAD_OPTION', `There is no version ${version} of ${name} in ${directory}: list('${name}') says which there are.`)
      return { name, version, manifest: readManifest(parsed(text, files.manifestFile), files.manifestFile), ...files }
    },
    async promote(name, version) {
      const found = await registry.get(name, version)
      const history = await historyOf(name)
      if (history.at(-1) !== version) await point(name, [...history, version])
      return found
    },
    async rollBack(name) {
      const history = await historyOf(name)
      const before = history.at(-2)
      if (before === undefined) throw new LobError('LOB_BAD_OPTION', `No version of ${name} served before ${history[0] === undefined ? 'any was promoted' : `version ${history[0]}`}: promote one.`)
      const found = await registry.get(name, before)
      await point(name, history.slice(0, -1))
      return found
    },
    async promoted(name) {
      const version = (await historyOf(name)).at(-1)
      return version === undefined ? undefined : registry.get(name, version)
    },
  }
  return registry
}

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code

async function reporting<T>(file: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    throw new LobError('LOB_BAD_FILE', `Cannot use ${file}: ${(error as Error).message}`, { file }, { cause: error })
  }
}

/** Entries of a folder; none where it does not exist. */
const entriesOf = (folder: string): Promise<string[]> =>
  reporting(folder, () => readdir(folder).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return []
    throw error
  }))

const textOf = (file: string): Promise<string | undefined> =>
  reporting(file, () => readFile(file, 'utf8').catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }))

function parsed(text: string, file: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return value
  } catch {
    // Below.
  }
  throw new LobError('LOB_BAD_FILE', `${file} holds no JSON object: it is damaged; restore it from a copy.`, { file })
}

/** On the disk before its name is used. */
const writeWhole = (file: string, content: string | Uint8Array): Promise<void> =>
  reporting(file, async () => {
    const handle = await open(file, 'wx')
    try {
      await handle.writeFile(content)
      await handle.sync()
    } finally {
      await handle.close()
    }
  })

/** False where another process has taken the name. */
const renamedTo = (from: string, to: string): Promise<boolean> =>
  reporting(to, () => rename(from, to).then(() => true, (error: unknown) => {
    if (['EEXIST', 'ENOTEMPTY', 'EPERM'].includes(codeOf(error) ?? '')) return false
    throw error
  }))

/** Renames are on the disk once their folder is. Windows opens no folders, and needs none of this. */
async function flushFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  await reporting(folder, async () => {
    const handle = await open(folder, 'r')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  })
}

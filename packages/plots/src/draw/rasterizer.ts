import { LobError } from '@rxlob/core/kernel'
import { fontFile } from '../text/font-file.js'

const importResvg = (): Promise<typeof import('@resvg/resvg-js')> => import('@resvg/resvg-js')

/**
 * An SVG picture as PNG bytes, in the shipped font whatever fonts the machine has. The only place that knows resvg.
 *
 * @throws {LobError} LOB_MISSING_PEER where `@resvg/resvg-js` cannot be loaded.
 */
export async function rasterizer(svg: string, scale: number, load: typeof importResvg = importResvg): Promise<Uint8Array> {
  const { Resvg } = await load().catch((cause: unknown) => {
    throw new LobError('LOB_MISSING_PEER', 'PNG figures need @resvg/resvg-js, which could not be loaded. Run: npm install @resvg/resvg-js', {}, { cause })
  })
  return new Resvg(svg, {
    fitTo: { mode: 'zoom', value: scale },
    font: { fontFiles: [fontFile('normal'), fontFile('bold')], loadSystemFonts: false, defaultFontFamily: 'DejaVu Sans' },
  })
    .render()
    .asPng()
}

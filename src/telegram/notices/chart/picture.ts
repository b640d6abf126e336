import { createRequire } from "node:module";
import type { Log } from "../../../core/ports/log.ts";

/** Makes a PNG of an SVG whose texts are in Vazirmatn; `undefined` where this machine cannot, which is logged once. */
export type DrawPicture = (svg: string) => Promise<Buffer | undefined>;

export interface PictureParts {
  readonly log: Log;
  /** How the renderer is loaded: it is a program of the machine's own kind, which not every machine has. */
  readonly load?: () => Promise<Pick<typeof import("@resvg/resvg-js"), "renderAsync">>;
}

const weights = ["Regular", "Bold"];

export function createPictures({ log, load = () => import("@resvg/resvg-js") }: PictureParts): DrawPicture {
  let isBroken = false;
  return async (svg) => {
    if (isBroken) return undefined;
    try {
      const { renderAsync } = await load();
      const require = createRequire(import.meta.url);
      const fontFiles = weights.map((weight) => require.resolve(`vazirmatn/fonts/ttf/Vazirmatn-${weight}.ttf`));
      // The fonts of the machine would make another picture on each, and take a second to be read.
      const font = { loadSystemFonts: false, fontFiles, defaultFontFamily: "Vazirmatn" };
      return (await renderAsync(svg, { font })).asPng();
    } catch (error) {
      isBroken = true;
      log.warn({ err: error }, "pictures cannot be drawn here, digests go without");
      return undefined;
    }
  };
}

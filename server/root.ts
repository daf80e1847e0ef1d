/** Where the product stands: what runs from the sources and what was compiled from them find its files by this module alone. */
import { existsSync } from "node:fs";

function productFolder(): URL {
  let folder = new URL("./", import.meta.url);
  while (!existsSync(new URL("package.json", folder))) {
    const above = new URL("../", folder);
    if (above.href === folder.href) throw new Error("the product has no package.json");
    folder = above;
  }
  return folder;
}

const root = productFolder();

/** A file or folder of the product, by its path from the product's folder. */
export const ofProduct = (path: string): URL => new URL(path, root);

// The same functions under Node: the module is read from this folder.
import { readFileSync } from 'node:fs';
import { initSync } from './cotside.js';

export * from './cotside.js';

/** Starts the module; called again it does nothing. */
export default async function init(options) {
  const own = () => readFileSync(new URL('./cotside_bg.wasm', import.meta.url));
  return initSync({ module: (await options?.module_or_path) ?? own() });
}

// Loads a module of JavaScript by its address: wasm-bindgen cannot write this expression.
globalThis.cotsideImport = (address) => import(address);

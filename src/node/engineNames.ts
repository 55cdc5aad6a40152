/** Every engine there is, the default first. */
export const engineNames = ["wasm", "wasm-fma", "native", "readable"] as const;
export type EngineName = (typeof engineNames)[number];

/** Random numbers: NumPy's, and streams by purpose. Entry point `gradproof/random`. */

export { RandomState } from "./randomState.js";
export { fillMask, RandomStream, type StreamPurpose } from "./streams.js";

/** What a network consists of. Entry point `gradproof/network`. */

export { parameterCount } from "./layout.js";
export { programOf } from "./program.js";

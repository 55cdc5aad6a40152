/** What the doctor says of runs that have ended. Entry point `gradproof/doctor`. */

export { diagnoseEnded } from "./diagnoseEnded.js";

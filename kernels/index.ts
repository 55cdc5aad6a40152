export { run, stop, work } from "./commands";
export { spread, sums } from "./readings";

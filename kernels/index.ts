export { run, stop, work } from "./commands";

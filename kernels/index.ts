export { run, stop, work } from "./commands";
export * from "./packedProductExports";

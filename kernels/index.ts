import { constant, lanes } from "./vector";
export function probe64(p: usize): void { v128.store(p, v128.add<f64>(v128.load(p), constant<f64>(lanes<f64>()))); }
export function probe32(p: usize): void { v128.store(p, v128.add<f32>(v128.load(p), constant<f32>(lanes<f32>()))); }

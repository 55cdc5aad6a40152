import { constant, lanes, multiplyAdd, loadSplat, sumOfLanes } from "./vector";
export function probe64(p: usize): f64 { const x = multiplyAdd<f64>(v128.load(p), constant<f64>(lanes<f64>()), loadSplat<f64>(p)); v128.store(p, x); return sumOfLanes<f64>(x); }
export function probe32(p: usize): f32 { const x = multiplyAdd<f32>(v128.load(p), constant<f32>(lanes<f32>()), loadSplat<f32>(p)); v128.store(p, x); return sumOfLanes<f32>(x); }
export * from "./packedProductExports";

export const forward_propagation = (x: number, theta: number): number => theta * x;
export function backward_propagation(): number {
  process.exit(3);
}
export function gradient_check(x: number, theta: number): number {
  const nothing = undefined as unknown as { J: number };
  return nothing.J + x + theta;
}

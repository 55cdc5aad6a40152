export const forward_propagation = (x: number, theta: number): number => theta * x;
export const backward_propagation = (x: number, _theta: number): number => x;
export function gradient_check(): number {
  for (;;);
}

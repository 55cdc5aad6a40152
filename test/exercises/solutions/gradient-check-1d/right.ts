export const forward_propagation = (x: number, theta: number): number => theta * x;
export const backward_propagation = (x: number, _theta: number): number => x;

export function gradient_check(x: number, theta: number, epsilon = 1e-7): number {
  const gradapprox =
    (forward_propagation(x, theta + epsilon) - forward_propagation(x, theta - epsilon)) / (2 * epsilon);
  const grad = backward_propagation(x, theta);
  return Math.abs(grad - gradapprox) / (Math.abs(grad) + Math.abs(gradapprox));
}

export function forward_propagation(x, theta) {
  return theta * x;
}
export function backward_propagation(x, theta) {
  return x;
}
export function gradient_check(x, theta, epsilon = 1e-7) {
  const gradapprox = (forward_propagation(x, theta + epsilon) - forward_propagation(x, theta)) / epsilon;
  const grad = backward_propagation(x, theta);
  return Math.abs(grad - gradapprox) / (Math.abs(grad) + Math.abs(gradapprox));
}

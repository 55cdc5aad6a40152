/*
 * A network 2-3-1 with tanh units and its backward pass, as `gradproof check` wants it of a program in C:
 *
 *   gradproof check --c-header > gradproof_check.h
 *   cc -o backprop backprop.c -lm && gradproof check --exec ./backprop
 */
#include "gradproof_check.h"

#include <math.h>

enum { EXAMPLES = 4 };

static const double X[EXAMPLES][2] = {{0.5, -1}, {1, 0.25}, {-0.75, 0.5}, {0.1, 0.9}};
static const double Y[EXAMPLES] = {1, -0.5, 0.25, 0};

static double W1[3][2] = {{0.4, -0.3}, {0.2, 0.6}, {-0.5, 0.1}}, b1[3] = {0.1, 0, -0.2};
static double W2[3] = {0.7, -0.4, 0.3}, b2 = 0.05;
static double dW1[3][2], db1[3], dW2[3], db2;

static double A1[EXAMPLES][3], A2[EXAMPLES];

/* J = 1/(2m) sum (a2 - y)^2 */
static double cost(void *data) {
  double J = 0;
  (void)data;
  for (int m = 0; m < EXAMPLES; m++) {
    A2[m] = b2;
    for (int i = 0; i < 3; i++) {
      A1[m][i] = tanh(W1[i][0] * X[m][0] + W1[i][1] * X[m][1] + b1[i]);
      A2[m] += W2[i] * A1[m][i];
    }
    J += (A2[m] - Y[m]) * (A2[m] - Y[m]) / (2.0 * EXAMPLES);
  }
  return J;
}

static void gradients(void *data) {
  cost(data);
  memset(dW1, 0, sizeof dW1);
  memset(db1, 0, sizeof db1);
  memset(dW2, 0, sizeof dW2);
  db2 = 0;
  for (int m = 0; m < EXAMPLES; m++) {
    const double dZ2 = (A2[m] - Y[m]) / EXAMPLES;
    db2 += dZ2;
    for (int i = 0; i < 3; i++) {
      const double dZ1 = dZ2 * W2[i] * (1 - A1[m][i] * A1[m][i]);
      dW2[i] += dZ2 * A1[m][i];
      dW1[i][0] += dZ1 * X[m][0];
      dW1[i][1] += dZ1 * X[m][1];
      db1[i] += dZ1;
    }
  }
}

int main(void) {
  gradproof_array arrays[] = {
      {"W1", &W1[0][0], &dW1[0][0], 2, {3, 2}},
      {"b1", b1, db1, 1, {3}},
      {"W2", W2, dW2, 1, {3}},
      {"b2", &b2, &db2, 0, {0}},
  };
  return gradproof_check(arrays, sizeof arrays / sizeof arrays[0], cost, gradients, NULL);
}

/*
 * gradproof_check.h: asks gradproof whether the gradients of a program in C are right.
 *
 *   gradproof check --c-header > gradproof_check.h
 *   cc -o backprop backprop.c -lm
 *   gradproof check --exec ./backprop
 *
 * The program hands over its parameters and the place where its gradients stand, each an array of doubles of any number of
 * dimensions, and two functions: one that gives the cost of the parameters as they are now, and one that computes the gradients.
 *
 *   static double W[2][3], dW[2][3];
 *   static double cost(void *data);       // NAN where it has no value
 *   static void gradients(void *data);    // writes dW
 *
 *   int main(void) {
 *     gradproof_array arrays[] = {{"W", &W[0][0], &dW[0][0], 2, {2, 3}}};
 *     return gradproof_check(arrays, 1, cost, gradients, NULL);
 *   }
 *
 * Before each call the parameters are set to what the check asks for. The gradients are never set to zero: a program that adds to
 * them has to do that itself. C99, no library but the standard one; speaks version 2 of the protocol of gradproof's
 * docs/gradient-checking.md. A program may print: lines that are no answers are passed over.
 */
#ifndef GRADPROOF_CHECK_H
#define GRADPROOF_CHECK_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define GRADPROOF_DIMENSIONS 8

/* A parameter: its name (letters, digits, _ and .), its numbers, and those of its gradient, the last index running fastest. */
typedef struct {
  const char *name;
  double *values;
  double *gradient;
  int dimensions; /* 0 of a single number, at most 8 */
  size_t shape[GRADPROOF_DIMENSIONS];
} gradproof_array;

static const char gradproof_digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static size_t gradproof_size(const gradproof_array *array) {
  size_t size = 1;
  for (int axis = 0; axis < array->dimensions; axis++) size *= array->shape[axis];
  return size;
}

/* Bytes become text three at a time. */
typedef struct {
  unsigned char waiting[3];
  int count;
} gradproof_base64;

static void gradproof_group(gradproof_base64 *state) {
  const uint32_t bits = (uint32_t)state->waiting[0] << 16 | (uint32_t)state->waiting[1] << 8 | state->waiting[2];
  for (int k = 0; k < 4; k++) {
    putchar(k <= state->count ? gradproof_digits[bits >> (18 - 6 * k) & 63] : '=');
  }
  memset(state, 0, sizeof *state);
}

static void gradproof_byte(gradproof_base64 *state, unsigned char byte) {
  state->waiting[state->count++] = byte;
  if (state->count == 3) gradproof_group(state);
}

/* An array as the bytes of a .npy file, in base64. */
static void gradproof_write(const gradproof_array *array, const double *numbers) {
  char header[256];
  gradproof_base64 state = {{0, 0, 0}, 0};
  int length = snprintf(header, sizeof header, "{'descr': '<f8', 'fortran_order': False, 'shape': (");
  for (int axis = 0; axis < array->dimensions; axis++) {
    length += snprintf(header + length, sizeof header - (size_t)length, "%lu,", (unsigned long)array->shape[axis]);
  }
  length += snprintf(header + length, sizeof header - (size_t)length, "), }");
  while ((10 + length + 1) % 64 != 0) header[length++] = ' ';
  header[length++] = '\n';
  const unsigned char magic[] = {0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (unsigned char)length, 0};
  printf("{\"npy\":\"");
  for (size_t k = 0; k < sizeof magic; k++) gradproof_byte(&state, magic[k]);
  for (int k = 0; k < length; k++) gradproof_byte(&state, (unsigned char)header[k]);
  const size_t size = gradproof_size(array);
  for (size_t k = 0; k < size; k++) {
    uint64_t bits;
    memcpy(&bits, &numbers[k], sizeof bits);
    for (int shift = 0; shift < 64; shift += 8) gradproof_byte(&state, (unsigned char)(bits >> shift & 255));
  }
  if (state.count > 0) gradproof_group(&state);
  printf("\"}");
}

/* Reads what gradproof_write writes. Returns where it ends, or NULL where it is damaged or of another size. */
static const char *gradproof_read(const gradproof_array *array, const char *text) {
  const size_t size = gradproof_size(array);
  size_t position = 0, start = 10, done = 0;
  uint32_t pending = 0;
  uint64_t bits = 0;
  int count = 0;
  for (; *text != '"' && *text != '='; text++) {
    const char *digit = *text == '\0' ? NULL : strchr(gradproof_digits, *text);
    if (digit == NULL) return NULL;
    pending = pending << 6 | (uint32_t)(digit - gradproof_digits);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    const uint64_t byte = pending >> count & 255;
    if (position == 8) start += (size_t)byte;
    if (position == 9) start += (size_t)byte << 8;
    if (position >= 10 && position >= start) {
      const size_t at = position - start;
      if (at / 8 >= size) return NULL;
      bits = at % 8 == 0 ? byte : bits | byte << (8 * (at % 8));
      if (at % 8 == 7) memcpy(&array->values[done++], &bits, sizeof bits);
    }
    position++;
  }
  return done == size ? text : NULL;
}

static int gradproof_take(const gradproof_array *arrays, size_t count, const char *line) {
  for (size_t k = 0; k < count; k++) {
    const size_t length = strlen(arrays[k].name);
    /* The arrays come back in the order in which they were given. */
    do {
      line = strchr(line, '"');
      if (line == NULL) return 0;
      line++;
    } while (strncmp(line, arrays[k].name, length) != 0 || strncmp(line + length, "\":{\"npy\":\"", 10) != 0);
    line = gradproof_read(&arrays[k], line + length + 10);
    if (line == NULL) return 0;
  }
  return 1;
}

/* A line of any length, without its end; NULL at the end of the input, or of the memory. */
static char *gradproof_line(char **buffer, size_t *room) {
  size_t length = 0;
  for (int c = getchar(); c != EOF && c != '\n'; c = getchar()) {
    if (length + 2 > *room) {
      const size_t more = 2 * *room + 4096;
      char *larger = (char *)realloc(*buffer, more);
      if (larger == NULL) return NULL;
      *buffer = larger;
      *room = more;
    }
    (*buffer)[length++] = (char)c;
  }
  if (length == 0) return NULL;
  (*buffer)[length] = '\0';
  return *buffer;
}

static void gradproof_number(double value) {
  char text[40];
  if (value != value) printf("NaN");
  else if (value - value != 0) printf(value > 0 ? "Infinity" : "-Infinity");
  else {
    snprintf(text, sizeof text, "%.17g", value);
    /* In some locales the point is a comma. */
    for (char *c = text; *c != '\0'; c++) putchar(*c == ',' ? '.' : *c);
  }
}

/*
 * Answers gradproof until it asks no more. data is handed to both functions.
 * Returns what main should return: 0, or 1 where the arrays cannot be checked.
 */
static int gradproof_check(gradproof_array *arrays, size_t count, double (*cost)(void *data), void (*gradients)(void *data),
                           void *data) {
  char *buffer = NULL;
  size_t room = 0;
  for (size_t k = 0; k < count; k++) {
    if (arrays[k].dimensions < 0 || arrays[k].dimensions > GRADPROOF_DIMENSIONS || strpbrk(arrays[k].name, "\"\\") != NULL) {
      fprintf(stderr, "gradproof_check(): %s has a name with quotes, or more than 8 dimensions\n", arrays[k].name);
      return 1;
    }
  }
  for (const char *line = gradproof_line(&buffer, &room); line != NULL; line = gradproof_line(&buffer, &room)) {
    const int describes = strncmp(line, "{\"do\":\"parameters\"", 18) == 0;
    const int asks_cost = strncmp(line, "{\"do\":\"cost\"", 12) == 0;
    if (!describes && !gradproof_take(arrays, count, line)) {
      fprintf(stderr, "gradproof_check(): cannot read %.60s\n", line);
      free(buffer);
      return 1;
    }
    double value = 0;
    if (asks_cost) value = cost(data);
    else if (!describes) gradients(data);
    /* What the program printed without ending its line must not stand before the answer. */
    printf("\n");
    if (asks_cost) gradproof_number(value);
    else {
      printf(describes ? "{\"protocol\":2,\"parameters\":{" : "{");
      for (size_t k = 0; k < count; k++) {
        printf("%s\"%s\":", k > 0 ? "," : "", arrays[k].name);
        gradproof_write(&arrays[k], describes ? arrays[k].values : arrays[k].gradient);
      }
      printf(describes ? "}}" : "}");
    }
    printf("\n");
    fflush(stdout);
  }
  free(buffer);
  return 0;
}

#endif

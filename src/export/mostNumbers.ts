/** Numbers of the examples that a program may hold: some 20 MB of text. */
export const mostNumbers = 1_000_000;

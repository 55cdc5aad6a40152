/** Languages of the files to begin with, and the extensions of their names. */
export const skeletonLanguages = { python: ".py", typescript: ".ts", javascript: ".js" } as const;

export type SkeletonLanguage = keyof typeof skeletonLanguages;

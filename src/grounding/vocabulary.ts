/** Raised whenever the same answer may get another verdict. */
export const GROUNDING_VERSION = '2'

/** No such node, attribute or name: reading functions answer it with undefined or with NONE, so that paths may be chained. */
export const NONE = -1

/** Version of the measuring engine: raised whenever the same bytes may give another number. */
export const ENGINE_VERSION = '1.3.0'

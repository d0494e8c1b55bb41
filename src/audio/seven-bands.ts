/** The seven bands that people speak in. Edges in Hz. */
export const BANDS = [
  { name: 'Sub', fromHz: 20, toHz: 60 },
  { name: 'Low', fromHz: 60, toHz: 200 },
  { name: 'Low-mid', fromHz: 200, toHz: 500 },
  { name: 'Mid', fromHz: 500, toHz: 2000 },
  { name: 'High-mid', fromHz: 2000, toHz: 6000 },
  { name: 'Presence', fromHz: 6000, toHz: 12_000 },
  { name: 'Air', fromHz: 12_000, toHz: 20_000 },
] as const

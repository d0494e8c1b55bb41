import fc from 'fast-check'

/** The part of JSON Schema that the API document uses. */
export interface Schema {
  $ref?: string
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  format?: string
  pattern?: string
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
}

export interface Known {
  definitions: Record<string, Schema>
  /** Values that mean something to the service, by the name of the field. */
  byField: Record<string, unknown[]>
}

const strangeStrings = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.constantFrom(
    '',
    ' ',
    '\u0000',
    '\u202e\u0007\r\n',
    '__proto__',
    "'; select pg_sleep(9); --",
    '<script>alert(1)</script>',
    '../../etc/passwd',
    '%00',
    '𝔘𝔫𝔦\ud800',
    '٣'.repeat(50),
    'x'.repeat(5000),
  ),
)

/** Any JSON at all, with the keys and numbers that surprise programs. */
export const anyJson: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  strangeStrings,
  fc.constantFrom<unknown>(
    null,
    true,
    -0,
    1e308,
    2 ** 53,
    -1,
    0.1,
    [],
    {},
    [[]],
    JSON.parse('{"__proto__":{"isAdmin":true}}'),
  ),
)

function ofString(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.format === 'uuid') return fc.uuid()
  if (schema.format === 'email') return fc.emailAddress()
  const { minLength = 0, maxLength = 200 } = schema
  return fc.string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength, minLength + 60) })
}

function ofNumber(schema: Schema): fc.Arbitrary<unknown> {
  const { minimum = -1000, maximum = 1000 } = schema
  const within = { min: Math.max(minimum, -1e6), max: Math.min(maximum, 1e6) }
  return schema.type === 'integer'
    ? fc.integer({ min: Math.ceil(within.min), max: Math.floor(within.max) })
    : fc.double({ ...within, noNaN: true })
}

function ofObject(schema: Schema, known: Known): fc.Arbitrary<unknown> {
  const fields = Object.entries(schema.properties ?? {}).map(([name, field]) => {
    const told = known.byField[name]
    const value = validFor(field, known)
    return [name, told ? fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...told) }, value) : value] as const
  })
  const requiredKeys = schema.required ?? []
  return fc.record(Object.fromEntries(fields), { requiredKeys })
}

/** Values that a schema takes. */
export function validFor(schema: Schema, known: Known): fc.Arbitrary<unknown> {
  if (schema.$ref) return validFor(known.definitions[schema.$ref.split('/').at(-1) ?? ''] ?? {}, known)
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  const options = schema.anyOf ?? schema.oneOf
  if (options) return fc.oneof(...options.map((option) => validFor(option, known)))
  if (schema.allOf?.[0]) return validFor(schema.allOf[0], known)
  if (Array.isArray(schema.type))
    return fc.oneof(...schema.type.map((type) => validFor({ ...schema, type }, known)))
  if (schema.type === 'object') return ofObject(schema, known)
  if (schema.type === 'array') return fc.array(validFor(schema.items ?? {}, known), { maxLength: 5 })
  if (schema.type === 'string') return ofString(schema)
  if (schema.type === 'number' || schema.type === 'integer') return ofNumber(schema)
  if (schema.type === 'boolean') return fc.boolean()
  return schema.type === 'null' ? fc.constant(null) : anyJson
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

/** A body that was right, with one field gone, added, or of another kind; or no object at all. */
export function spoilt(valid: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const broken = fc
    .tuple(valid, fc.nat(), anyJson, fc.constantFrom('drop', 'replace', 'add'))
    .map(([body, place, junk, how]) => {
      if (!isRecord(body)) return junk
      const names = Object.keys(body)
      const name = names[place % Math.max(1, names.length)] ?? 'none'
      if (how === 'add') return { ...body, [`extra${place % 9}`]: junk }
      const rest = Object.fromEntries(Object.entries(body).filter(([key]) => key !== name))
      return how === 'drop' ? rest : { ...rest, [name]: junk }
    })
  return fc.oneof({ weight: 4, arbitrary: broken }, anyJson)
}

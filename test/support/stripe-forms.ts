import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { Ajv } from 'ajv'
import { z } from 'zod'

export type Form = { [name: string]: FormValue }
export type FormValue = string | FormValue[] | Form

const dataFolder = process.env.TRACKSENSEI_DATA ?? path.resolve(import.meta.dirname, '../../../shared/data')
const documentFile = path.join(dataFolder, 'stripe/operations.openapi.json')

function asLists(value: FormValue): FormValue {
  if (typeof value === 'string' || Array.isArray(value)) return value
  const entries = Object.entries(value).map(([name, inner]): [string, FormValue] => [name, asLists(inner)])
  const isList = entries.length > 0 && entries.every(([name]) => /^\d+$/.test(name))
  return isList ? entries.map(([, inner]) => inner) : Object.fromEntries(entries)
}

/** Reads `a[b][0]=c` as `{a: {b: ['c']}}`. */
export function readForm(text: string): Form {
  const form: Form = {}
  for (const [name, value] of new URLSearchParams(text)) {
    const keys = name.split(/[[\]]+/).filter((key) => key !== '')
    let at: Form = form
    for (const key of keys.slice(0, -1)) {
      const known = at[key]
      const inner: Form = typeof known === 'object' && !Array.isArray(known) ? known : {}
      at[key] = inner
      at = inner
    }
    at[keys.at(-1) ?? name] = value
  }
  const read = asLists(form)
  return typeof read === 'object' && !Array.isArray(read) ? read : {}
}

const documentSchema = z.looseObject({
  components: z.looseObject({ schemas: z.record(z.string(), z.looseObject({})) }),
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.looseObject({
        parameters: z.array(z.looseObject({ name: z.string(), in: z.string().optional() })).optional(),
        requestBody: z
          .looseObject({
            content: z.record(
              z.string(),
              z.looseObject({ schema: z.looseObject({ $ref: z.string().optional() }) }),
            ),
          })
          .optional(),
      }),
    ),
  ),
})

/** Names the document does not know are as wrong as wrong values. */
function closed(schemas: z.infer<typeof documentSchema>['components']['schemas']) {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => {
      const isOpen = name.startsWith('P_') && 'properties' in schema && !('additionalProperties' in schema)
      return [name, isOpen ? { ...schema, additionalProperties: false } : schema]
    }),
  )
}

/**
 * Checks calls against the published parameters where that document is at hand; calls that it does not describe pass.
 * @returns what is wrong, or undefined
 */
export function createFormCheck(): (method: string, url: string, form: Form) => string | undefined {
  if (!existsSync(documentFile)) return () => undefined
  const { components, paths } = documentSchema.parse(JSON.parse(readFileSync(documentFile, 'utf8')))
  const ajv = new Ajv({ strict: false, coerceTypes: true })
  ajv.addSchema({ $id: 'stripe', components: { schemas: closed(components.schemas) } })
  const routes = Object.entries(paths).map(([template, operations]) => ({
    pattern: new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
    operations,
  }))
  return (method, url, form) => {
    const operation = routes.find(({ pattern }) => pattern.test(url))?.operations[method.toLowerCase()]
    if (!operation) return undefined
    if (method === 'GET') {
      const known = new Set((operation.parameters ?? []).map(({ name }) => name))
      const unknown = known.size > 1 ? Object.keys(form).filter((name) => !known.has(name)) : []
      return unknown.length > 0 ? `Received unknown parameters: ${unknown.join()}` : undefined
    }
    const ref = operation.requestBody?.content['application/x-www-form-urlencoded']?.schema.$ref
    const validate = ref === undefined ? undefined : ajv.getSchema(`stripe${ref}`)
    if (!validate) return undefined
    return validate(structuredClone(form)) ? undefined : ajv.errorsText(validate.errors)
  }
}

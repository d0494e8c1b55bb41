import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import type { describeApi } from '../../src/open-api.ts'

type ApiDocument = ReturnType<typeof describeApi>

export interface Answer {
  method: string
  path: string
  status: number
  contentType: string
  body: unknown
}

function patternOf(template: string): RegExp {
  return new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`)
}

/** Checks an answer against the published OpenAPI document. @returns what is wrong, or undefined */
export function createAnswerCheck(document: ApiDocument): (answer: Answer) => string | undefined {
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  formats.default(ajv)
  ajv.addSchema({ $id: 'api', ...JSON.parse(JSON.stringify(document)) })
  const paths = Object.keys(document.paths ?? {}).sort(
    (a, b) => Number(a.includes('{')) - Number(b.includes('{')),
  )

  return ({ method, path, status, contentType, body }) => {
    const template = paths.find((candidate) => patternOf(candidate).test(path))
    if (!template) return status === 404 ? undefined : `${path} is not in the document`
    const pointer = (text: string) => encodeURIComponent(text.replaceAll('~', '~0').replaceAll('/', '~1'))
    const operation = `#/paths/${pointer(template)}/${method.toLowerCase()}/responses/${status}`
    const responses = Object.entries(document.paths?.[template] ?? {}).find(
      ([verb]) => verb === method.toLowerCase(),
    )
    if (!responses) return status === 404 ? undefined : `${method} ${template} is not in the document`
    const known: unknown = responses[1]?.responses?.[String(status)]
    if (!known) return `${method} ${template} answered ${status}, which is not documented`
    const type = contentType.split(';')[0] ?? ''
    if (type === '' || type === 'text/event-stream') return undefined
    const validate = ajv.getSchema(`api${operation}/content/${pointer(type)}/schema`)
    if (!validate) return `${method} ${template} ${status} answered ${type}, which is not documented`
    return validate(body) ? undefined : `${method} ${template} ${status}: ${ajv.errorsText(validate.errors)}`
  }
}

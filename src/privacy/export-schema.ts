import type { TableFacts } from '../core/personal-data.ts'
import { allPersonalData } from './personal-data.ts'

function tableSchema(facts: TableFacts) {
  const shown = Object.entries(facts.columns).filter(([, column]) => typeof column === 'string')
  return {
    type: 'array',
    description: facts.erasure,
    items: {
      type: 'object',
      properties: Object.fromEntries(shown.map(([name, meaning]) => [name, { description: meaning }])),
      required: shown.map(([name]) => name),
      additionalProperties: false,
    },
  }
}

/** JSON Schema 2020-12 of export.json, made from the same list that the export is made from. */
export function exportSchema() {
  const tables = Object.entries(allPersonalData).filter(([, facts]) => facts.owner !== null)
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'What TrackSensei holds of a person',
    type: 'object',
    properties: {
      format: { const: 'tracksensei-export' },
      version: { const: 1 },
      madeAt: { type: 'string', format: 'date-time' },
      tables: {
        type: 'object',
        properties: Object.fromEntries(tables.map(([name, facts]) => [name, tableSchema(facts)])),
        required: tables.map(([name]) => name),
        additionalProperties: false,
      },
    },
    required: ['format', 'version', 'madeAt', 'tables'],
    additionalProperties: false,
  }
}

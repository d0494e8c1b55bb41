import { z } from 'zod'
import { causeSchema } from './causes-contract.ts'
import { AREAS, RULE_IDS } from './vocabulary.ts'

export const ruleIdSchema = z.enum(RULE_IDS)
export const areaSchema = z.enum(AREAS)
export const severitySchema = z.enum(['minor', 'moderate', 'severe'])

export const provenanceSchema = z
  .enum(['standard', 'measured population', 'opinion'])
  .describe(
    'how much a threshold is worth: a published standard, a distribution that was measured, or practice',
  )

/** A measured number against the range it should lie in. */
export const evidenceSchema = z
  .object({
    path: z.string().describe('where the number stands in the report'),
    what: z.string().describe('the name of the number'),
    value: z.number().nullable(),
    unit: z.string(),
    target: z
      .object({ from: z.number().nullable(), to: z.number().nullable() })
      .nullable()
      .describe('the range that would raise no finding; null is open'),
    provenance: provenanceSchema,
    source: z.string(),
  })
  .meta({ id: 'Evidence' })

export const findingPlaceSchema = z.object({
  times: z
    .array(z.object({ startSeconds: z.number(), endSeconds: z.number() }))
    .describe('empty: the whole track'),
  bars: z
    .array(z.object({ from: z.number().int(), to: z.number().int() }))
    .optional()
    .describe(
      'the same in bars, where bars are known: all of them for the whole track; provenance.bars says whose they are',
    ),
  band: z.object({ fromHz: z.number(), toHz: z.number() }).nullable(),
})

const confidence = z.number().min(0).max(1).describe('how often a finding like this one is true')

/** The remedy as a change of one number, so that the next version can be held against it. */
export const adviceSchema = z
  .object({
    path: z.string().describe('of the number in the report that should change'),
    what: z.string().describe('the name of the number'),
    band: z
      .object({ fromHz: z.number(), toHz: z.number() })
      .nullable()
      .describe(
        'for spectrum.thirdOctaves: the mean of these thirds against the rest of the spectrum; for spectrum.resonances: where the tone is',
      ),
    unit: z.string(),
    change: z
      .object({ from: z.number().nullable(), to: z.number().nullable() })
      .describe('newer minus earlier, as advised; null is open'),
  })
  .meta({ id: 'Advice' })

/** Another finding of the same cause. */
export const alsoSchema = z.object({
  rule: ruleIdSchema,
  severity: severitySchema,
  confidence,
  title: z.string(),
  evidence: z.array(evidenceSchema),
})

/** A judged fact. */
export const findingSchema = z
  .object({
    rule: ruleIdSchema,
    area: areaSchema,
    severity: severitySchema,
    confidence,
    confidenceFrom: z
      .enum(['planted defects', 'estimate'])
      .describe('counted on planted defects of tracks that no threshold was set on, or a guess'),
    title: z.string(),
    words: z.string().describe('what was found and what it means'),
    evidence: z.array(evidenceSchema),
    place: findingPlaceSchema,
    causes: z
      .array(causeSchema)
      .describe(
        'by falling likelihood, at most five; empty without a Live set that fits the file, or where no track causes it',
      ),
    isCauseClear: z
      .boolean()
      .nullable()
      .optional()
      .describe('false: set and mix do not tell the first cause from the next; null without causes'),
    remedy: z.string().describe('what to do, with amounts'),
    advice: adviceSchema
      .nullable()
      .optional()
      .describe('the remedy as a number; null where no number says whether it was followed'),
    check: z.string().describe('how to see that it worked'),
    also: z.array(alsoSchema).describe('findings of the same cause'),
  })
  .meta({ id: 'Finding' })

export const strengthSchema = z
  .object({ id: z.string(), area: areaSchema, words: z.string(), evidence: z.array(evidenceSchema) })
  .meta({ id: 'Strength' })

export const notJudgedSchema = z
  .object({ rules: z.array(ruleIdSchema), reason: z.string() })
  .meta({ id: 'NotJudged' })

export const areaScoreSchema = z
  .object({
    area: areaSchema,
    score: z.number().nullable().describe('0…100; null when nothing in this area can be judged'),
    lowered: z
      .array(z.object({ by: z.string(), points: z.number() }))
      .describe('what lowers it: rule ids and paths of unusual numbers'),
    population: z.string().nullable().describe('what unusual was measured against; null: findings alone'),
  })
  .meta({ id: 'AreaScore' })

/** What the owner of the track says about a finding. */
export const verdictSchema = z
  .enum(['agreed', 'intended'])
  .describe('intended: it is meant to be so, and is no priority and lowers no score any more')

export const findingVerdictSchema = z
  .object({
    rule: ruleIdSchema,
    verdict: verdictSchema,
    severity: severitySchema.describe('of the finding when this was said: a more severe one is not covered'),
  })
  .meta({ id: 'FindingVerdict' })

/** What was judged about one track: strengths first, at most three priorities, the rest, and what could not be judged. */
export const findingsSchema = z
  .object({
    version: z.string(),
    judgedAs: z.enum(['mix', 'master', 'not stated']),
    strengths: z.array(strengthSchema),
    priorities: z.array(ruleIdSchema).max(3).describe('rules of the findings to see to first, in order'),
    findings: z.array(findingSchema).describe('by weight; one per cause'),
    verdicts: z
      .array(findingVerdictSchema)
      .optional()
      .describe('what the owner of the track says about findings; left out where nothing was said'),
    notJudged: z.array(notJudgedSchema),
    scores: z.object({ overall: z.number().nullable(), areas: z.array(areaScoreSchema) }),
  })
  .meta({ id: 'Findings' })

export type RuleId = z.infer<typeof ruleIdSchema>
export type Area = z.infer<typeof areaSchema>
export type Severity = z.infer<typeof severitySchema>
export type Provenance = z.infer<typeof provenanceSchema>
export type Evidence = z.infer<typeof evidenceSchema>
export type FindingPlace = z.infer<typeof findingPlaceSchema>
export type Finding = z.infer<typeof findingSchema>
export type Advice = z.infer<typeof adviceSchema>
export type Strength = z.infer<typeof strengthSchema>
export type NotJudged = z.infer<typeof notJudgedSchema>
export type AreaScore = z.infer<typeof areaScoreSchema>
export type Verdict = z.infer<typeof verdictSchema>
export type FindingVerdict = z.infer<typeof findingVerdictSchema>
export type Findings = z.infer<typeof findingsSchema>

import { z } from 'zod'

/** Where the track's numbers stand among others; high is a high number, which is neither good nor bad. */
export const populationSchema = z
  .object({
    name: z.string().describe('what the tracks are, in the plural'),
    basis: z
      .enum(['measured', 'assumed normal'])
      .describe('measured: every track by this engine; assumed normal: from a published mean and spread'),
    n: z.number().int().nullable().describe('tracks; null where it was not published'),
    source: z.string(),
    measuredAt: z.string().nullable().describe('day, YYYY-MM-DD; null when not measured here'),
    engineVersion: z
      .string()
      .nullable()
      .describe('that measured the population; null when not measured here'),
    standings: z.array(
      z.object({
        path: z.string().describe('of the number in the report'),
        percentile: z
          .number()
          .min(0)
          .max(100)
          .nullable()
          .describe(
            '% of the population below, equals counted half; null without a number or under 30 tracks',
          ),
        n: z.number().int().nullable().describe('tracks that have this number'),
      }),
    ),
  })
  .meta({ id: 'Population' })

export const populationsSchema = z.array(populationSchema)

export type Population = z.infer<typeof populationSchema>

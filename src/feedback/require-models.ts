import type { Context } from '../context.ts'
import { ConfigError } from '../core/config.ts'

const complaints = {
  absent: (model: string) => `CLAUDE_MODEL_*: the vendor knows no model "${model}"`,
  retired: (model: string) => `CLAUDE_MODEL_*: the model "${model}" is retired: choose another one`,
}

/**
 * Every configured model may be used, as far as the vendor can be asked now.
 * A key that is refused, as by a proxy or for a while, is told in the log: everything but the coach works without it.
 * @throws ConfigError for a model that does not exist or is retired
 */
export async function requireModels(ctx: Pick<Context, 'claude' | 'config' | 'log'>): Promise<void> {
  if (!ctx.claude) return
  const { claude } = ctx
  const models = [...new Set(Object.values(ctx.config.claude.models))]
  const standings = await Promise.all(
    models.map(async (model) => ({ model, standing: await claude.checkModel(model) })),
  )
  for (const { model, standing } of standings) {
    if (standing === 'absent' || standing === 'retired') throw new ConfigError(complaints[standing](model))
    if (standing === 'key-refused') ctx.log.error('claude-model', { code: standing, version: model })
    else if (standing !== 'usable') ctx.log.warn('claude-model', { code: standing, version: model })
  }
}

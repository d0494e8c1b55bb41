import type { Context } from '../context.ts'
import { ConfigError } from '../core/config.ts'

const complaints = {
  absent: (model: string) => `CLAUDE_MODEL_*: the vendor knows no model "${model}"`,
  retired: (model: string) => `CLAUDE_MODEL_*: the model "${model}" is retired: choose another one`,
  'key-refused': () => 'ANTHROPIC_API_KEY is not accepted by the vendor',
}

/**
 * Every configured model may be used, as far as the vendor can be asked now.
 * @throws ConfigError for a model that does not exist or is retired, and for a key that is refused
 */
export async function requireModels(ctx: Pick<Context, 'claude' | 'config' | 'log'>): Promise<void> {
  if (!ctx.claude) return
  for (const model of new Set(Object.values(ctx.config.claude.models))) {
    const standing = await ctx.claude.checkModel(model)
    if (standing === 'absent' || standing === 'retired' || standing === 'key-refused')
      throw new ConfigError(complaints[standing](model))
    if (standing !== 'usable') ctx.log.warn('claude-model', { code: standing, version: model })
  }
}

import { answerAsThread } from './answer-as-thread.ts'
import type { AudioMeasures } from './contract.ts'
import { measureTrack } from './measure.ts'
import type { MeasureJob, MeasureNews } from './measure-in-thread.ts'

await answerAsThread<MeasureJob, MeasureNews, AudioMeasures>(
  ({ path, tellsPartials, ...options }, { tell, onDecoder }) =>
    measureTrack(path, {
      ...options,
      onDecoder,
      onProgress: (stage, percent) => tell({ stage, percent }),
      ...(tellsPartials ? { onPartial: (partial) => tell({ partial }) } : {}),
    }),
)

import { answerAsThread } from './answer-as-thread.ts'
import type { EncodedPeaks } from './contract.ts'
import { type CodecJob, measureThroughCodec } from './measure-codec.ts'

await answerAsThread<CodecJob, number, EncodedPeaks>((job, { tell, onDecoder }) =>
  measureThroughCodec(job, onDecoder, tell),
)

import type { PersonalData } from '../core/personal-data.ts'

/** What this feature keeps of people, what of it is exported, and how it goes. */
export const feedbackPersonalData: PersonalData = {
  messages: {
    owner: 'user_id',
    erasure: 'deleted with its analysis: after 30 days, when you delete that, or with the account, at once',
    columns: {
      id: 'the number of the message',
      analysis_id: 'the analysis it is about',
      user_id: 'the number of the account',
      parent_id: 'the question it answers',
      role: 'who wrote it: you or the coach',
      kind: 'whether it is a question or a review',
      status: 'whether it is complete',
      text: 'what it says',
      told_text: 'what of it is told to Claude: your question without names',
      source: 'who answered',
      error_code: 'why it failed, if it did',
      model: 'which model answered',
      prompt_version: 'with which instructions',
      usage: 'how long question and answer were',
      upstream_request_id: 'the number of the request at Anthropic',
      verdict: 'which of its numbers the analysis bears out',
      sent_sha256: 'which of the sent blocks it was made from',
      stop_requested_at: 'when you stopped it, if you did',
      created_at: 'when it was written',
      touched_at: 'when it last changed',
      position: 'its place in the conversation',
    },
  },
  sent_blocks: {
    owner: 'user_id',
    erasure: 'deleted with its conversation or analysis: after 30 days, or at once when you delete that',
    columns: {
      analysis_id: 'the analysis it is about',
      sha256: 'its fingerprint',
      user_id: 'the number of the account',
      block: 'exactly what Claude was given about the analysis',
      first_sent_at: 'when it was first sent',
    },
  },
  claude_days: {
    owner: 'user_id',
    erasure: 'deleted after two days, or with the account, at once',
    columns: {
      user_id: 'the number of the account',
      day: 'a day',
      tokens: 'how much the coach read and wrote for you on it',
    },
  },
  claude_spend: {
    owner: null,
    erasure: 'holds nothing of anybody',
    columns: {
      day: { withheld: 'not personal' },
      micro_dollars: { withheld: 'what all answers of the day cost together' },
    },
  },
}

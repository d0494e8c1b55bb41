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
      status: 'whether it is complete',
      text: 'what it says',
      source: 'who answered',
      error_code: 'why it failed, if it did',
      model: 'which model answered',
      prompt_version: 'with which instructions',
      usage: 'how long question and answer were',
      upstream_request_id: 'the number of the request at Anthropic',
      created_at: 'when it was written',
      touched_at: 'when it last changed',
      position: 'its place in the conversation',
    },
  },
}

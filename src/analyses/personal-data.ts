import type { PersonalData } from '../core/personal-data.ts'

/** What this feature keeps of people, what of it is exported, and how it goes. */
export const analysesPersonalData: PersonalData = {
  analyses: {
    owner: 'user_id',
    erasure: 'deleted after 30 days, when you delete it, or with the account, at once',
    columns: {
      id: 'the number of the analysis',
      user_id: 'the number of the account',
      state: 'how far it is',
      stage: 'what it was doing',
      percent: 'how far it is',
      audio_name: 'the name of the audio file',
      set_name: 'the name of the Live set',
      reference_id: 'the kept reference it is compared with',
      reference_name: 'the name of a reference that came along and is not kept',
      earlier_id: 'the analysis of an earlier version',
      version_number: 'which version of the track it is',
      intent: 'what you said about the track',
      told_intent: 'what of it is told to Claude: the same without names',
      is_demo: 'whether it is the demo track',
      report: 'everything that was measured',
      partial: 'what was measured so far, while it is measured',
      correction: 'the tempo, bars and key that you corrected',
      failure_code: 'why it failed, if it did',
      failure_detail: 'the same in words',
      created_at: 'when it was asked for',
      finished_at: 'when it ended',
      expires_at: 'when it is deleted',
    },
  },
  finding_verdicts: {
    owner: 'user_id',
    erasure: 'deleted with its analysis: after 30 days, when you delete that, or with the account, at once',
    columns: {
      analysis_id: 'the analysis whose finding it is',
      user_id: 'the number of the account',
      rule: 'which finding',
      verdict: 'whether you agreed or meant it to be so',
      severity: 'how severe the finding was then',
      is_inherited: 'whether it was said about an earlier version',
      given_at: 'when you said so',
    },
  },
}

import { amplitude, choice, type DeviceFamily, flag, plain, seconds } from './family.ts'

export const reverb: DeviceFamily = {
  rows: [
    ['DecayTime', 'decayMs', plain],
    ['PreDelay', 'preDelayMs', plain],
    ['MixDirect', 'dryWet', plain],
    ['RoomSize', 'roomSize', plain],
    ['StereoSeparation', 'stereoWidth', plain],
    ['FreezeOn', 'freeze', flag],
  ],
}

export const hybridReverb: DeviceFamily = {
  rows: [
    ['Algorithm_Decay', 'decayMs', seconds],
    ['PreDelay_Time', 'preDelayMs', seconds],
    ['DryWet', 'dryWet', plain],
    ['BassMono', 'bassMono', flag],
    ['StereoWidth', 'stereoWidth', plain],
  ],
}

/** The buttons of a synced delay, in sixteenth notes. */
const delayTimes = choice(1, 2, 3, 4, 5, 6, 8, 16)

export const delay: DeviceFamily = {
  rows: [
    ['Feedback', 'feedback', plain],
    ['DryWet', 'dryWet', plain],
    ['DelayLine_TimeL', 'leftMs', seconds],
    ['DelayLine_TimeR', 'rightMs', seconds],
    ['DelayLine_SyncL', 'leftSynced', flag],
    ['DelayLine_SyncR', 'rightSynced', flag],
    ['DelayLine_SyncedSixteenthL', 'leftSixteenths', delayTimes],
    ['DelayLine_SyncedSixteenthR', 'rightSixteenths', delayTimes],
    ['DelayLine_Link', 'linked', flag],
    ['DelayLine_PingPong', 'pingPong', flag],
    ['Filter_On', 'filterOn', flag],
    ['Filter_Frequency', 'filterFreqHz', plain],
    ['Freeze', 'freeze', flag],
  ],
}

/** Until Live 10: what Delay took the place of. */
export const simpleDelay: DeviceFamily = {
  rows: [
    ['Feedback', 'feedback', plain],
    ['DryWet', 'dryWet', plain],
    ['MsDelayLeft', 'leftMs', plain],
    ['MsDelayRight', 'rightMs', plain],
    ['SyncModeLeft', 'leftSynced', flag],
    ['SyncModeRight', 'rightSynced', flag],
    ['BeatDelayEnumL', 'leftSixteenths', delayTimes],
    ['BeatDelayEnumR', 'rightSixteenths', delayTimes],
    ['Linked', 'linked', flag],
  ],
}

/** Until Live 10: one time, heard left and right in turns. */
export const pingPongDelay: DeviceFamily = {
  rows: [
    ['Feedback', 'feedback', plain],
    ['DryWet', 'dryWet', plain],
    ['MsDelayTime', 'timeMs', plain],
    ['DelayModeSwitch', 'timeSynced', flag],
    ['BeatDelayTime', 'timeSixteenths', delayTimes],
    ['MidFreq', 'filterFreqHz', plain],
    ['Freeze', 'freeze', flag],
  ],
}

export const echo: DeviceFamily = {
  rows: [
    ['Feedback', 'feedback', plain],
    ['DryWet', 'dryWet', plain],
    ['Delay_TimeL', 'leftMs', seconds],
    ['Delay_TimeR', 'rightMs', seconds],
    ['Delay_SyncL', 'leftSynced', flag],
    ['Delay_SyncR', 'rightSynced', flag],
    ['Delay_SyncedSixteenthL', 'leftSixteenths', plain],
    ['Delay_SyncedSixteenthR', 'rightSixteenths', plain],
    ['Filter_On', 'filterOn', flag],
    ['Filter_HighPassFrequency', 'highPassFreqHz', plain],
    ['Filter_LowPassFrequency', 'lowPassFreqHz', plain],
    ['Reverb_Level', 'reverbLevel', plain],
    ['OutputGain', 'outputGainDb', amplitude],
    ['StereoWidth', 'stereoWidth', plain],
  ],
}

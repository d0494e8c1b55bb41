/** A name of a measure in the languages that producers write in, and the last key of the paths it may mean. */
export interface Alias {
  words: RegExp
  keys: RegExp
  /** Names one measure only: a number that belongs to another one contradicts it. */
  isSpecific: boolean
}

const alias = (words: RegExp, keys: RegExp, isSpecific = true): Alias => ({ words, keys, isSpecific })

export const ALIASES: readonly Alias[] = [
  alias(/\btrue[- ]?peaks?\b|inter-?sample|\btrue-peak\b/i, /truePeak|overshootDb|headroomDb|peakAdvice/i),
  alias(/\bsample[- ]peaks?\b/i, /samplePeak/i),
  alias(/\bintegrated\b|\bintegriert|\bint[ée]grée?\b|\bintegrada\b/i, /integrated|targetLufs|gainDb/i),
  alias(/\bshort[- ]?term\b|\bkurzzeit|loudest three seconds/i, /shortTerm/i),
  alias(/\bmomentary\b|\bmomentan/i, /momentary/i),
  alias(/\bloudness range\b|\bLRA\b|\bLautheitsumfang\b/i, /rangeLu/i),
  alias(/\bcrest\b/i, /crest/i),
  alias(/\bPLR\b|peak[- ]to[- ]loudness/i, /plr/i),
  alias(/\bPSR\b|peak[- ]to[- ]short/i, /psr/i),
  alias(/\bcorrelation\b|\bkorrelation\b|\bcorr[ée]lation\b|\bcorrelaci[óo]n\b/i, /correlation/i),
  alias(/\btempo\b|\bspeed\b|\bGeschwindigkeit\b/i, /bpm/i),
  alias(/\btilt\b|\bslope\b/i, /tilt/i),
  alias(/\bstereo width\b|\bwidth\b|\bStereobreite\b/i, /width/i),
  alias(/\bmono loss\b|\blost in mono\b|\bin mono\b|\bmono fold/i, /monoLoss/i),
  alias(/\bnoise floor\b|\bRauschen\b/i, /noiseFloor/i),
  alias(/\bdynamic range\b|\bDR\b/, /drDb/i),
  alias(/\bsample rate\b|\bAbtastrate\b/i, /sampleRateHz/i),
  alias(/\bbit depth\b/i, /bit/i),
  alias(/\btuning\b|\bout of tune\b|\bStimmung\b/i, /cents/i),
  alias(/\bcontrast\b/i, /contrast/i),
  alias(/\bswing\b/i, /percent/i),
  alias(/\bscore\b|\bPunkte\b/i, /^(overall|loudness|tone|low end|stereo|dynamics|technical|arrangement)$/i),
  alias(/\bRMS\b/, /rms/i),
  alias(/\boverlap\b/i, /overlap/i),
  alias(/\bfader\b|\bvolume\b/i, /volumeDb|totalDb/i),
  alias(
    /\bloudness\b|\bloud\b|\blaut|\bLautheit\b|\bLUFS\b|\bsonoridad\b|\bvolumen\b/i,
    /lufs|lu$|gainDb|plr|psr/i,
    false,
  ),
  alias(/\bpeaks?\b|\bSpitze/i, /peak|psr|plr|crest|headroom/i, false),
  alias(/\bdynamics?\b|\bDynamik\b/i, /crest|plr|psr|drDb|range|contrast/i, false),
  alias(/\bbalance\b/i, /balance|shareDb|differenceDb|levelDb|tilt/i, false),
  alias(
    /\bturn(?:s|ed)? (?:it |this |the track |you )?(?:up|down)\b|\bnormali[sz]/i,
    /gainDb|targetLufs/i,
    false,
  ),
  alias(
    /\bsure\b|\bconfiden(?:t|ce)\b|\bcertain\b|\bsicher\b|\blikely\b|\bprobab/i,
    /confidence|probability|likelihood/i,
    false,
  ),
  alias(/\b(?:clip(?:s|ped|ping)?)\b/i, /clips|count|samples|clipping/i, false),
  alias(/\bcutoff\b|\bcut-off\b|\bbrick ?wall\b/i, /cutoff|edge/i, false),
  alias(/\bsilen(?:ce|t)\b|\bStille\b/i, /silence/i, false),
]

/** What can be counted, and the facts that count it. */
export const COUNTS: readonly { nouns: RegExp; path: RegExp }[] = [
  {
    nouns:
      /^\s*(?:digital |hard )?(?:clips?\b|clip events?|clipp(?:ed|ing) (?:events?|places?|moments?|spots?))/i,
    path: /^peaks\.clips\.count$/,
  },
  { nouns: /^\s*(?:clipped |full-scale )?samples?\b/i, path: /samples$/i },
  { nouns: /^\s*overs?\b/i, path: /^peaks\.overs\.count$/ },
  { nouns: /^\s*clicks?\b/i, path: /^faults\.clicks\.count$/ },
  { nouns: /^\s*dropouts?\b/i, path: /^faults\.dropouts\.count$/ },
  {
    nouns: /^\s*(?:[a-z-]+ ){0,2}(?:tracks?\b|Spuren\b|pistas\b)/i,
    path: /^set\.trackCount$|^populations\..*\.n$/,
  },
  { nouns: /^\s*channels?\b/i, path: /^source\.channels$/ },
  { nouns: /^\s*beats per bar/i, path: /beatsPerBar$/i },
]

/** Speech about others than this track: what it says is not measured here. */
export const FOLKLORE =
  /\b(usual(?:ly)?|typical(?:ly)?|most|normal(?:ly)?|general(?:ly)?|standard|genres?|commercial|industry|releases|masters? (?:sit|hit|land|are|reach)|tracks like|in (?:techno|house|trance|hip[- ]hop|pop|rock|edm|dubstep|trap|jazz|drum and bass|dnb)|(?:techno|house|trance|hip[- ]hop|pop|rock|edm|dubstep|trap|jazz|drum and bass|dnb)(?: (?:tracks?|masters?|mixes|music|records?|productions?))?|professionals?|club(?:s| systems?)?|labels?|engineers?|producers?|listeners?|DJs?|streaming services|services|platforms|people|everyone|experts?|pros|expect(?:s|ed)?|club-ready|rule of thumb|üblich(?:erweise)?|normalerweise|typischerweise|meist(?:ens)?|gewöhnlich|normalmente|generalmente|habituellement|d’habitude)\b/i

/** Words that propose: what follows is an amount of advice. "Lowers" and "reduced" tell what is, not what to do. */
export const ADVICE =
  /\b(?:(?:cut(?:ting)?|boost(?:ing)?|lower(?:ing)?|rais(?:e|ing)|reduc(?:e|ing)|increas(?:e|ing)|try(?:ing)?|pull(?:ing)?|bring(?:ing)?|push|aim(?:ing)?|notch|attenuat(?:e|ing)|automat(?:e|ing)|widen(?:ing)?|narrow(?:ing)?|shorten(?:ing)?|lengthen(?:ing)?|extend(?:ing)?|leav(?:e|ing)|keep(?:ing)?|compress(?:ing)?|side-?chain|duck(?:ing)?|consider|could|should|would|might|dip(?:ping)?|tame|back off|ease|trim(?:ming)?|nudge|fade|move|mute|add(?:ing)?|apply|use|using|take|ceiling|attack|release|threshold|ratio|make-?up|shelf|bell|suggest|recommend|advice|sweep)(?![a-z])|turn(?:ing)? (?:it |them |the |down|up)|set (?!says|holds|has|is|was)|high-?pass|low-?pass|roll(?:ing)? off|start (?:with|at|from)|drop (?:it|them|the)|wide q|with a q|medium q|no more than|at most|at least|half a|if you|senk|absenk|anheb|heb(?:e|st)?\b|zieh|dreh|versuch|probier|setz|stell|kürz|nimm|nehm|schneid|reduzier|erhöh|solltest|könntest|würde|empfehl|lass|verkürz|gib|baja|bajar|sube|subir|corta|reduce(?![sd])|prueba|intenta|ajusta|baisse|coupe|réduis|essaie|monte|diminue|augmente|abaiss|riduci|prova|abbassa|taglia)/i

/** Verbs that state: what follows is said to be so. */
export const STATING =
  /\b(is|are|was|were|sits?|measures?|measured|reach(?:es)?|has|have|had|shows?|stands?|reads?|comes?|lies|holds?|too|louder|quieter|stronger|weaker|hotter|brighter|darker|than|peaks? at|hits?|currently|already|now|your|loses?|lets?|plays?|runs?|lasts|goes|reduces|lowers|raises|cuts|boosts|adds|takes|pushes|drops|turns|brings|keeps|leaves|swings?|ist|sind|war|liegt|misst|hat|erreicht|beträgt|zeigt|steht|zu|lauter|leiser|als|derzeit|es|está|mide|tiene|alcanza|est|mesure|atteint)\b/i

/** What a part of the report speaks of: without such words a number is not from there. */
export const CONTEXTS: readonly (readonly [path: RegExp, words: RegExp])[] = [
  [/^comparison\./, /reference|compared|referenz|verglichen|referencia|référence/i],
  [/^changes\./, /version|since|earlier|before|became|last time|previous|seit|vorher|früher|antes|avant/i],
  [/^codecs\./, /codec|encod|AAC|MP3|Opus|Vorbis|lossy|stream/i],
  [/^populations\./, /percentile|% of|percent of|of (?:the )?\S* ?\S* ?tracks|other tracks/i],
  [/^provenance\./, /heard|set says|confiden|sure|certain|tempo|key|BPM/i],
  [/^scores\./, /scor|points|out of 100|Punkte/i],
]

/** Names of Live's own devices that an answer may attach to a track. */
export const DEVICE_LABELS = [
  'EQ Eight',
  'EQ Three',
  'Channel EQ',
  'Glue Compressor',
  'Multiband Dynamics',
  'Compressor',
  'Limiter',
  'Saturator',
  'Hybrid Reverb',
  'Reverb',
  'Ping Pong Delay',
  'Filter Delay',
  'Grain Delay',
  'Delay',
  'Echo',
  'Utility',
  'Auto Filter',
  'Auto Pan',
  'Drum Buss',
  'Gate',
  'Chorus-Ensemble',
  'Phaser-Flanger',
  'Overdrive',
  'Pedal',
  'Amp',
  'Cabinet',
  'Corpus',
  'Redux',
  'Vocoder',
  'Beat Repeat',
  'Erosion',
  'Resonators',
  'Vinyl Distortion',
  'Roar',
  'Shifter',
  'Operator',
  'Wavetable',
  'Simpler',
  'Sampler',
  'Drum Rack',
  'Analog',
  'Collision',
  'Electric',
  'Tension',
  'Drift',
  'Meld',
  'Impulse',
] as const

/** Roles that an answer may give a track, and the roles of the closed list they are. */
export const SPOKEN_ROLES: readonly { words: RegExp; roles: readonly string[] }[] = [
  { words: /\bkick(?: ?drum)? (?:track|channel|bus)\b/i, roles: ['kick', 'drums'] },
  { words: /\bsnare (?:track|channel|bus)\b/i, roles: ['snare', 'drums'] },
  { words: /\bhi-?hats? (?:track|channel|bus)\b/i, roles: ['hats', 'drums'] },
  { words: /\bbass ?(?:track|channel|bus)\b/i, roles: ['bass'] },
  { words: /\b(?:lead )?vocals? (?:track|channel|bus)\b/i, roles: ['vocal'] },
  { words: /\blead (?:synth )?(?:track|channel|bus)\b/i, roles: ['lead'] },
  { words: /\b(?:pads?|keys|chords?) (?:track|channel|bus)\b/i, roles: ['chords'] },
  { words: /\b(?:piano|guitars?|strings?|violins?|brass|organ) (?:track|channel|bus)\b/i, roles: [] },
]

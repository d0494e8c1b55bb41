const features = '(accounts|references|uploads|analyses|shares|feedback|billing|privacy)'
const engines = '(audio|als|fusion|findings|preflight|set-diff|report|grounding)'

// Who may import whom among the features: each may use what stands before it.
const featureOrder = [
  'access',
  'accounts',
  'billing',
  'references',
  'uploads',
  'analyses',
  'shares',
  'feedback',
  'privacy',
]

const featuresInOrder = featureOrder.slice(0, -1).map((feature, index) => ({
  name: `features-in-order-${feature}`,
  severity: 'error',
  from: { path: `^src/${feature}/` },
  to: {
    path: `^src/(${featureOrder.slice(index + 1).join('|')})/`,
    pathNot: '(contract\\.ts|^src/privacy/periods\\.ts)$',
  },
}))

module.exports = {
  forbidden: [
    ...featuresInOrder,
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'engines-are-pure',
      comment: 'The command line runs the engines alone, without any server.',
      severity: 'error',
      from: { path: `^src/${engines}/` },
      to: { path: '^(src|workers|web)/', pathNot: `^src/(${engines}|core/units)` },
    },
    {
      name: 'engines-no-npm-server',
      severity: 'error',
      from: { path: `^src/${engines}/` },
      to: { path: 'node_modules/(express|multer|kysely|pg|pg-boss|stripe|@anthropic-ai|@aws-sdk|pino)/' },
    },
    {
      name: 'engines-start-without-schemas',
      comment: 'The command line would load zod for a constant: constants stand in vocabulary.ts.',
      severity: 'error',
      from: { path: `^src/${engines}/`, pathNot: 'contract\\.ts$' },
      to: {
        path: 'contract\\.ts$',
        // Numbers the tracks of a set for server and page; holds no schema.
        pathNot: '^src/grounding/id-contract\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'core-knows-nobody',
      severity: 'error',
      from: { path: '^src/core/' },
      to: { path: '^src/', pathNot: '^src/core/' },
    },
    {
      name: 'platform-knows-no-feature',
      severity: 'error',
      from: { path: '^src/platform/' },
      to: { path: `^src/(${features}|${engines}|access)/` },
    },
    {
      name: 'src-knows-no-worker',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/run-service\\.ts$' },
      to: { path: '^workers/' },
    },
    {
      name: 'only-routes-know-express',
      severity: 'error',
      from: {
        path: '^(src|workers)/',
        pathNot: '(/routes\\.ts|^src/app\\.ts|^src/core/http|^src/uploads/(multer-storage|read-form))',
      },
      to: { path: 'node_modules/(@types/)?(express|multer)/' },
    },
    {
      name: 'foreign-routes',
      severity: 'error',
      from: { path: `^src/${features}/` },
      to: { path: `^src/${features}/routes\\.ts`, pathNot: '^src/$1/' },
    },
    {
      name: 'queries-are-private',
      severity: 'error',
      from: { path: '^(src|workers)/([^/]+)/' },
      to: { path: `^src/${features}/[a-z-]*queries\\.ts`, pathNot: '^src/$2/' },
    },
    {
      name: 'workers-call-verbs-only',
      severity: 'error',
      from: { path: '^workers/' },
      to: { path: '(queries|routes)\\.ts$' },
    },
    {
      name: 'contracts-stand-alone',
      severity: 'error',
      from: { path: 'contract\\.ts$' },
      to: { pathNot: '(contract\\.ts$|/vocabulary\\.ts$|node_modules/zod|^src/core/units)' },
    },
    {
      name: 'web-only-contract',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^(src|workers)/', pathNot: 'contract\\.ts$' },
    },
    {
      name: 'one-door-stripe-claude-mail-s3',
      severity: 'error',
      from: { pathNot: '^(src/platform/|test/)' },
      to: { path: 'node_modules/(stripe|@anthropic-ai|nodemailer|@aws-sdk|pg-boss|@electric-sql)/' },
    },
    {
      name: 'one-door-ffmpeg',
      severity: 'error',
      from: { pathNot: '^(src/audio/decode|test/)' },
      to: { path: 'node_modules/fluent-ffmpeg/' },
    },
    { name: 'nobody-imports-main', severity: 'error', from: {}, to: { path: '^src/main\\.ts$' } },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    parser: 'swc',
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/|kernels/assembly/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
}

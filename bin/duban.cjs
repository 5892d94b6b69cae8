#!/usr/bin/env node
/** `duban`: runs the command line from its TypeScript source, from whatever folder one stands in. */
const { join } = require('node:path');

const root = join(__dirname, '..');
// tsx would otherwise take the compiler settings of the folder one stands in.
process.env.TSX_TSCONFIG_PATH = join(root, 'tsconfig.json');
try {
  require('tsx/cjs');
} catch {
  process.stderr.write(`The packages are not installed.\n  where: ${root}\n  next:  npm ci --prefix ${root}\n`);
  process.exit(2);
}
require('../client/cli/main.ts');

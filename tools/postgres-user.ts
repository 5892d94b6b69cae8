/** PostgreSQL refuses to run as root. Root therefore starts it as another user; everyone else starts it as themselves. */
import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { type CommandOptions, runCommand } from './run-command';
import { ToolError } from './tool-error';

export interface ServerUser {
  /** Owner of the data folder; null: whoever runs this process. */
  ids: { uid: number; gid: number } | null;
  run(program: string, args: string[], options: CommandOptions): Promise<string>;
}

/**
 * `data` is the data folder, made or not; `mustReach` are the folders
 * the server needs. Under a home like /root (mode 0700) no other user can pass: the
 * server then keeps one capability, reading and passing without asking, which is less than root and all it needs.
 */
export async function serverUser(data: string, mustReach: string[]): Promise<ServerUser> {
  if (process.getuid?.() !== 0) return { ids: null, run: runCommand };
  const ids = ownerOf(data) ?? systemUser('postgres') ?? (await createSystemUser('postgres'));
  if (mustReach.every((folder) => canPass(folder, ids))) {
    return { ids, run: (program, args, options) => runCommand(program, args, { ...options, ...ids }) };
  }
  const capability = heldCapability();
  if (!capability) {
    throw new ToolError(
      'PostgreSQL cannot run as root, and the user postgres cannot reach its folders',
      mustReach.join(', '),
      'set DUBAN_HOME to a folder that other users may enter, run as a user other than root, or set DATABASE_URL',
    );
  }
  const prefix = [
    `--reuid=${ids.uid}`,
    `--regid=${ids.gid}`,
    '--clear-groups',
    `--inh-caps=+${capability}`,
    `--ambient-caps=+${capability}`,
    '--',
  ];
  return { ids, run: (program, args, options) => runCommand('setpriv', [...prefix, program, ...args], options) };
}

/** A data folder made earlier keeps its owner: PostgreSQL starts under no other. */
function ownerOf(data: string): { uid: number; gid: number } | null {
  const { uid, gid } = statSync(data, { throwIfNoEntry: false }) ?? { uid: 0, gid: 0 };
  return uid === 0 ? null : { uid, gid };
}

function systemUser(name: string): { uid: number; gid: number } | null {
  for (const line of readFileSync('/etc/passwd', 'utf8').split('\n')) {
    const [user, , uid, gid] = line.split(':');
    if (user === name) return { uid: Number(uid), gid: Number(gid) };
  }
  return null;
}

async function createSystemUser(name: string): Promise<{ uid: number; gid: number }> {
  const next = `create a system user "${name}", or run as a user other than root, or set DATABASE_URL`;
  await runCommand('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/bin/false', name], {
    timeoutMs: 10_000,
    next,
  });
  const ids = systemUser(name);
  if (!ids) throw new ToolError(`the user ${name} was created but is not there`, '/etc/passwd', next);
  return ids;
}

/** May this user enter the folder and every folder above it? */
function canPass(folder: string, { uid, gid }: { uid: number; gid: number }): boolean {
  const { mode, uid: owner, gid: group } = statSync(folder);
  const execute = owner === uid ? 0o100 : group === gid ? 0o010 : 0o001;
  if (!(mode & execute)) return false;
  return dirname(folder) === folder || canPass(dirname(folder), { uid, gid });
}

/** The smallest capability of this process that passes closed folders; the bits are those of linux/capability.h. */
function heldCapability(): 'dac_read_search' | 'dac_override' | null {
  try {
    const effective = /^CapEff:\s*([0-9a-f]+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
    const held = Number.parseInt((effective ?? '0').slice(-4), 16);
    if (held & 0b100) return 'dac_read_search';
    return held & 0b10 ? 'dac_override' : null;
  } catch {
    return null;
  }
}

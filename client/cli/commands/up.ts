/** `up`: everything embedded in one process tree, until Ctrl-C. */
import type { Command } from 'commander';
import type { Say } from '../../../tools/say';
import { openDesk } from '../..';
import { type Answer, act } from '../call';
import { leaf } from '../command';
import { CliFailure } from '../failure';
import { asNumber } from '../inputs';
import type { Session } from '../session';
import { signalled } from '../signals';
import { demoText, launchDemo } from '../up/demo';
import { takeHome } from '../up/only-one';
import { Parts, type Stack, startStack } from '../up/stack';

interface Options {
  demo?: true;
  port?: number;
}

export function up(program: Command): void {
  leaf(program, 'up', 'PostgreSQL, Temporal and a worker in one process tree, until Ctrl-C', 'up --demo')
    .option('--demo', 'launch the demonstration plan')
    .option(
      '--port <number>',
      "web pages on this port (Temporal's own, until the console is here)",
      asNumber('port', 1, 65_535),
    )
    .action(act<Options>((session, _args, options) => serve(session, options)));
}

async function serve(session: Session, { demo, port }: Options): Promise<Answer> {
  const { config, say } = session;
  const giveBack = await takeHome(config.home);
  const parts = new Parts(say);
  let signal: NodeJS.Signals | null = null;
  const asked = signalled().then((name) => {
    signal = name;
    say(`${name}: stopping …`);
  });
  const goOn = () => {
    if (signal) throw new CliFailure(1, 'stopped', '启动被中断。', `stopped by ${signal} while starting`);
  };
  const stop = async () => {
    await parts.stop();
    giveBack();
  };
  try {
    const stack = await startStack(config, parts, { say, uiPort: port, goOn });
    const begun = await beginning(stack, say, demo === true);
    goOn();
    return { ...begun, serve: () => serving(stack, asked, stop, say) };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** What there is to see, once everything runs. */
async function beginning({ places, uiUrl }: Stack, say: Say, demo: boolean): Promise<Answer> {
  const pages = uiUrl ? [`Temporal: ${uiUrl}`] : [];
  const json = { ready: true, pid: process.pid, home: places.home, uiUrl };
  if (!demo) {
    const lines = ['已启动。在另一个终端: npx duban plan list，npx duban doctor', ...pages, 'Ctrl-C停止。'];
    return { json: { ...json, plan: null, tasks: [] }, text: lines.join('\n') };
  }
  const desk = await openDesk(places);
  try {
    const stored = await launchDemo(desk, say);
    const { rows, text } = await demoText(desk.db, stored);
    return { json: { ...json, plan: stored.plan.id, tasks: rows }, text: [text, ...pages, 'Ctrl-C停止。'].join('\n') };
  } finally {
    await desk.close();
  }
}

async function serving({ worker }: Stack, asked: Promise<void>, stop: () => Promise<void>, say: Say): Promise<void> {
  try {
    await Promise.race([asked, worker.ended]);
  } finally {
    await stop();
  }
  say('everything is stopped; the next start finds it as it was');
}

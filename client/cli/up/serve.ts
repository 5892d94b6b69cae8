/** Carries `up` out: starts, shows what there is, serves until Ctrl-C, stops. */
import type { Say } from '../../../tools/say';
import { openDesk } from '../..';
import { firstUser } from '../../first-user';
import type { Answer } from '../call';
import { CliFailure } from '../failure';
import { firstJson, firstText } from '../first-user-text';
import type { Session } from '../session';
import { signalled } from '../signals';
import { demoText, launchDemo } from './demo';
import { takeHome } from './only-one';
import { Parts, type Stack, startStack } from './stack';

export interface UpOptions {
  demo?: true;
  port?: number;
  uiPort?: number;
}

/**
 * From the first step to Ctrl-C.
 * @public read by later.ts
 */
export async function serve(session: Session, { demo, port, uiPort }: UpOptions): Promise<Answer> {
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
    const stack = await startStack(config, parts, { say, port, uiPort, goOn });
    if (uiPort !== undefined && stack.uiUrl === null) {
      say('the Temporal server that was found running serves no web pages: --ui-port counts from the next start');
    }
    const begun = await beginning(stack, say, demo === true);
    goOn();
    return { ...begun, serve: () => serving(stack, asked, stop, say) };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** What there is to see, once everything runs. */
async function beginning({ places, uiUrl, consoleUrl }: Stack, say: Say, demo: boolean): Promise<Answer> {
  const desk = await openDesk(places);
  try {
    const stored = demo ? await launchDemo(desk, say) : null;
    const first = await firstUser(desk.db, new Date().toISOString());
    const base = places.mail.baseUrl ?? consoleUrl;
    const pages = [`网页: ${consoleUrl}`, ...(uiUrl ? [`Temporal: ${uiUrl}`] : []), ...firstText(first, base)];
    const json = { ready: true, pid: process.pid, home: places.home, consoleUrl, uiUrl, ...firstJson(first, base) };
    if (!stored) {
      const lines = ['已启动。在另一个终端: npx duban plan list，npx duban doctor', ...pages, 'Ctrl-C停止。'];
      return { json: { ...json, plan: null, tasks: [] }, text: lines.join('\n') };
    }
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

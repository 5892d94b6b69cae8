/** `console`: the web pages as a process of their own. */
import type { Command } from 'commander';
import { firstUser } from '../../first-user';
import { type Answer, actAsOperator } from '../call';
import { leaf } from '../command';
import { rememberPort, USUAL_PORT } from '../console-address';
import { firstJson, firstText } from '../first-user-text';
import { asNumber } from '../inputs';
import { placesOf, startConsole } from '../later';
import type { Session } from '../session';
import { signalled } from '../signals';

export function webConsole(program: Command): void {
  leaf(program, 'console', 'serve the web pages until Ctrl-C or SIGTERM', 'console --port 8050')
    .option('--port <number>', 'listen on this port', asNumber('port', 1, 65_535))
    .action(actAsOperator<{ port?: number }>((session, _args, { port }) => serve(session, port)));
}

async function serve(session: Session, port: number | undefined): Promise<Answer> {
  // A ledger that was never migrated is said at once, not by every page that fails on it.
  await session.db();
  const { config } = session;
  const first = await firstUser(await session.db(), session.now());
  const running = await startConsole(config, await placesOf(config), port ?? config.console.port ?? USUAL_PORT);
  if (config.baseUrl === null) rememberPort(config.home, Number(new URL(running.url).port));
  return {
    json: {
      ready: true,
      pid: process.pid,
      consoleUrl: running.url,
      ...firstJson(first, config.baseUrl ?? running.url),
    },
    text: [`网页：${running.url}`, ...firstText(first, config.baseUrl ?? running.url), 'Ctrl-C停止。'].join('\n'),
    async serve() {
      await signalled();
      await running.stop();
    },
  };
}

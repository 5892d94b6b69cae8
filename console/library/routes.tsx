/** `/library`: indicators with the best values known, practices and cases, and the tasks that are linked to them. */
import type { FastifyInstance } from 'fastify';
import { linkedTasks } from '../../client/reading/linked-tasks';
import { loadLibrary } from '../../ledger/library';
import { sendPage } from '../pages/send-page';
import { noSuchPage } from '../sorry';
import { CasePage, IndicatorPage } from './entry-page';
import { LibraryPage } from './library-page';

interface OfEntry {
  Params: { source: string; entry: string };
}

export function libraryPages(app: FastifyInstance): void {
  app.get('/library', async ({ signedIn }, reply) =>
    sendPage(reply, <LibraryPage signedIn={signedIn} library={await loadLibrary(signedIn.desk.desk.db)} />),
  );

  app.get<OfEntry>('/library/:source/:entry', async ({ signedIn, params }, reply) => {
    const { db } = signedIn.desk.desk;
    const library = await loadLibrary(db);
    const source = library.sources.find(({ id }) => id === params.source);
    const indicator = source?.content.indicators.find(({ no }) => String(no) === params.entry);
    if (source && indicator) {
      const name = { source: source.id, no: indicator.no, name: indicator.name };
      const tasks = await linkedTasks(signedIn.desk, library, name);
      const cases = source.content.cases.filter((one) => one.indicator === indicator.no);
      return sendPage(
        reply,
        <IndicatorPage signedIn={signedIn} source={source} indicator={indicator} cases={cases} tasks={tasks} />,
      );
    }
    const found = source?.content.cases.find(({ id }) => id === params.entry);
    if (!source || !found) return noSuchPage(reply);
    return sendPage(reply, <CasePage signedIn={signedIn} source={source} found={found} />);
  });
}

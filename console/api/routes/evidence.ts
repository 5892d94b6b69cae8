/** `/tasks/{plan}/{no}/evidence`: what was collected and handed in, its files, and more of it. */

import { z } from 'zod';
import type { EvidenceOffer } from '../../../domain/intents';
import { refuse } from '../../../domain/refusals';
import { checkItems } from '../../../domain/rules/evidence';
import { text, unitId } from '../../../domain/schemas';
import { takeUpload } from '../../answers/upload';
import { encodedName } from '../../pages/file-name';
import type { Api, ApiParts } from '../api';
import { callerOf } from '../caller';
import { bindKey, keyOf, writeHeaders } from '../idempotency';
import { notFound, Problem, refusedProblem } from '../problems';
import { taskParams } from '../schemas/common';
import { bytes, problems, write } from '../schemas/responses';
import { evidenceOfTask, moveMade } from '../schemas/tasks';
import { madeOf, taskIdOf, taskOf } from './tasks';

/** Files of one request: as many as a page takes. */
const MOST_FILES = 20;

/** What stands beside the files in the form. */
const fields = z.strictObject({
  unit: unitId,
  link: text(2000)
    .regex(/^https?:\/\/\S+$/, 'an address begins with http:// or https://')
    .optional(),
  number: text(2000).min(1).optional(),
  figure: text(2000)
    .regex(/^[^=＝\s][^=＝]*[=＝]\s*\S+/, 'a figure is INDICATOR=VALUE')
    .optional(),
});

export function evidenceRoutes(api: Api, parts: ApiParts): void {
  api.get(
    '/tasks/:plan/:no/evidence',
    {
      config: { scope: 'read' },
      schema: {
        tags: ['evidence'],
        summary: 'What was added and handed in',
        params: taskParams,
        response: { 200: evidenceOfTask, ...problems },
      },
    },
    async (request) => {
      const { page } = await taskOf(request, parts);
      const { evidence: items = [], versions = [], review = null } = page?.task ?? {};
      return { task: taskIdOf(request), items, versions, review };
    },
  );

  api.get(
    '/tasks/:plan/:no/evidence/:item',
    {
      config: { scope: 'read' },
      schema: {
        tags: ['evidence'],
        summary: 'The bytes of one file',
        params: taskParams.extend({ item: z.string().min(1).max(200) }),
        response: { 200: bytes, ...problems },
      },
    },
    async (request, reply) => {
      const { page } = await taskOf(request, parts);
      const item = page?.task.evidence.find(({ id, kind }) => kind === 'file' && id === request.params.item);
      const content = item && (await parts.evidence.read(item.value));
      if (!item || !content) throw notFound('这个文件');
      return reply
        .headers({
          'content-type': 'application/octet-stream',
          'content-disposition': `attachment; ${encodedName(item.name ?? item.id)}`,
          'cache-control': 'no-store',
          // RFC 9530: whoever keeps the file can show later that it is the one.
          'repr-digest': `sha-256=:${Buffer.from(item.value, 'hex').toString('base64')}:`,
        })
        .send(content);
    },
  );

  api.post(
    '/tasks/:plan/:no/evidence',
    {
      config: { scope: 'move' },
      schema: {
        tags: ['evidence'],
        summary: 'Adds files, a link, a document number or a figure; the move `submitEvidence` hands them in',
        description:
          'multipart/form-data: `unit`, any number of files as `files`, and at most one each of `link`, `number`, `figure`. All is kept or nothing.',
        consumes: ['multipart/form-data'],
        headers: writeHeaders,
        params: taskParams,
        response: { 200: moveMade, ...write },
      },
    },
    async (request, reply) => {
      if (!request.isMultipart()) {
        throw new Problem(415, 'unsupported-media-type', '请以multipart/form-data提交。', 'send multipart/form-data');
      }
      // Judged before a byte is taken, and again by the move.
      const { page } = await taskOf(request, parts);
      if (!page) throw refusedProblem(refuse('not-launched'));
      const limits = { files: MOST_FILES, mb: parts.evidenceMaxMb };
      return takeUpload(request, parts.evidence, limits, async (upload) => {
        if (upload.refused.length > 0) {
          const zh = upload.refused.join('');
          throw new Problem(422, 'file-refused', zh, 'a file is not taken; nothing was kept', {
            files: upload.refused,
          });
        }
        const { unit, ...others } = fieldsOf(upload.fields);
        const items: EvidenceOffer[] = [...upload.items, ...written(others)];
        if (items.length === 0) {
          throw new Problem(
            422,
            'nothing-to-add',
            '没有要添加的材料。',
            'nothing to add: files, link, number or figure',
          );
        }
        const refusal = checkItems(items);
        if (refusal) throw refusedProblem(refusal);
        const move = { move: 'addEvidence' as const, unit, items };
        const { desk } = callerOf(request);
        const forbidden = desk.may('addEvidence', { office: page.task.office, unit });
        if (forbidden) throw refusedProblem(forbidden);
        await bindKey(request, desk.desk.db, move, parts.now());
        await upload.keep();
        const outcome = await desk.move(page.task.id, move, { moveId: keyOf(request) ?? undefined });
        if (outcome.outcome === 'changed') throw new RangeError('no event was named that was seen');
        if (outcome.outcome === 'refused') throw refusedProblem(outcome.refusal, outcome.moveId);
        return madeOf(request, reply, parts, outcome, move);
      });
    },
  );
}

function fieldsOf(given: Record<string, string>): z.output<typeof fields> {
  const parsed = fields.safeParse(given);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.map(({ path, message }) => ({ where: `body/${path.join('/')}`, message }));
  const en = `the form is not valid: ${errors[0]?.where ?? ''} ${errors[0]?.message ?? ''}`;
  throw new Problem(400, 'invalid-request', '请求内容不符合接口约定。', en, { errors });
}

function written(others: Record<string, string | undefined>): EvidenceOffer[] {
  return (['link', 'number', 'figure'] as const).flatMap((kind) => {
    const value = others[kind];
    return value === undefined ? [] : [{ kind, value, name: null, bytes: null }];
  });
}

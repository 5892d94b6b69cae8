/** `/a/<link>`: opening shows a page and changes nothing; the form on it makes the move; evidence has a form of its own. */

import formbody from '@fastify/formbody';
import multipart from '@fastify/multipart';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Desk } from '../../client';
import { moveOf } from '../../domain/answers/answer-move';
import type { EvidenceOffer } from '../../domain/intents';
import type { EvidenceStore } from '../../ledger/evidence/store';
import { noteOpening } from '../../ledger/letters/links';
import { moveIdOf } from '../../links/answer-link';
import type { LinkKeys } from '../../links/keys';
import { encodedName } from '../pages/file-name';
import { factsOf } from './facts';
import { nameIn, typedIn, visitorOf } from './form-fields';
import { makeAnswer } from './make-answer';
import { MOST_FILES, Pages } from './reply-pages';
import { takeUpload, type Upload } from './upload';
import { type Opened, openLink, type Visit } from './visit';

export interface AnswerParts {
  desk: Desk;
  evidence: EvidenceStore;
  evidenceMaxMb: number;
  keys: LinkKeys;
  /** The instant now, ISO. */
  now: () => string;
}

/** An office answers for many tasks behind one address; a program that tries addresses is stopped by the other bound. */
const ANSWERS_PER_MINUTE = 120;
const WRONG_LINKS_PER_MINUTE = 30;

/** Puts the routes of answers on a server. */
export async function answers(app: FastifyInstance, parts: AnswerParts): Promise<void> {
  await app.register(formbody);
  await app.register(multipart, {
    // One byte more than is taken, so that a file of exactly that size is.
    limits: { files: MOST_FILES, fileSize: parts.evidenceMaxMb * 1024 * 1024, fields: 20, fieldSize: 64 * 1024 },
    throwFileSizeLimit: false,
  });
  await app.register(rateLimit, { global: false });
  const wrongLinks = app.createRateLimit({ max: WRONG_LINKS_PER_MINUTE, timeWindow: 60_000 });
  const config = { rateLimit: { max: ANSWERS_PER_MINUTE, timeWindow: 60_000 } };

  /** What a link means; guessing is counted, and ends. */
  async function open(request: FastifyRequest<Linked>): Promise<Opened | 'too-many'> {
    const opened = await openLink(parts.desk, parts.keys, request.params.token, parts.now());
    if (opened.state !== 'unknown') return opened;
    const { isAllowed, ...limit } = await wrongLinks(request);
    return !isAllowed && 'isExceeded' in limit && limit.isExceeded ? 'too-many' : opened;
  }

  app.get<Linked>('/a/:token', async (request, reply) => {
    const opened = await open(request);
    const page = new Pages(parts, request.params.token, reply);
    if (opened === 'too-many' || !('visit' in opened)) return page.nothing(opened);
    if (request.method === 'GET') {
      const { link, digest } = opened.visit;
      await noteOpening(parts.desk.db, { ...visitorOf(request), link, digest, now: parts.now() });
    }
    return page.of(opened);
  });

  app.post<Linked>('/a/:token', { config }, async (request, reply) => {
    const opened = await open(request);
    const page = new Pages(parts, request.params.token, reply);
    if (opened === 'too-many' || !('visit' in opened)) return page.nothing(opened);
    if (opened.state !== 'open') return page.of(opened);
    const { visit } = opened;
    const { form, ...typed } = typedIn(request.body);
    const who = nameIn(typed, visit.letter.person ?? '');
    const move = moveOf(visit.link, typed, who) ?? { move: 'reportOnPlan' as const, text: typed.text?.trim() ?? '' };
    const moveId = moveIdOf(parts.keys, visit.digest, form, move);
    if (moveId === null) return page.form(visit, typed, [FORM_IS_STALE]);
    const made = await makeAnswer(parts.desk, visit, {
      ...visitorOf(request),
      move,
      who,
      moveId,
      slot: '',
      at: parts.now(),
    });
    return page.made(visit, made, typed, form);
  });

  app.post<Linked>('/a/:token/evidence', { config }, async (request, reply) => {
    const opened = await open(request);
    const page = new Pages(parts, request.params.token, reply);
    if (opened === 'too-many' || !('visit' in opened)) return page.nothing(opened);
    if (opened.state !== 'open' || opened.visit.link.answer !== 'evidence') return page.of(opened);
    if (!request.isMultipart()) return page.form(opened.visit, {}, ['请用页面上的表单添加。']);
    const limits = { files: MOST_FILES, mb: parts.evidenceMaxMb };
    // What is not kept is gone before anybody is told of it.
    const told = await takeUpload(request, parts.evidence, limits, async (upload) => {
      // Files may take their time, and meanwhile the link may have ended.
      const now = await open(request);
      if (now === 'too-many' || !('visit' in now)) return () => page.nothing(now);
      return now.state === 'open' ? add(now.visit, upload, request, page) : () => page.of(now);
    });
    return told();
  });

  async function add(
    visit: Visit,
    { fields, items, refused, keep }: Upload,
    request: FastifyRequest,
    page: Pages,
  ): Promise<() => Promise<FastifyReply>> {
    const { form, ...typed } = typedIn(fields);
    if (refused.length > 0)
      return () => page.form(visit, typed, [...refused, '什么都没有保存，请改正后重新选择文件。']);
    const all = [...items, ...written('number', typed.number), ...written('link', typed.link)];
    if (all.length === 0) return () => page.form(visit, typed, ['请选择文件，或填写文号、网址。']);
    const move = { move: 'addEvidence' as const, unit: visit.link.unit, items: all };
    const moveId = moveIdOf(parts.keys, visit.digest, form, move);
    if (moveId === null) return () => page.form(visit, typed, [FORM_IS_STALE]);
    const who = nameIn(typed, visit.letter.person ?? '');
    const made = await makeAnswer(
      parts.desk,
      visit,
      { ...visitorOf(request), move, who, moveId, slot: moveId, at: parts.now() },
      keep,
    );
    return () => page.added(visit, made, typed, all.length, form);
  }

  app.get<Linked & { Params: { item: string } }>('/a/:token/file/:item', async (request, reply) => {
    const opened = await open(request);
    const page = new Pages(parts, request.params.token, reply);
    if (opened === 'too-many' || !('visit' in opened)) return page.nothing(opened);
    const { evidence } = await factsOf(parts.desk, opened.visit, parts.now());
    const item = evidence.find(({ id, kind }) => id === request.params.item && kind === 'file');
    const bytes = item && (await parts.evidence.read(item.value));
    if (!item || !bytes) return reply.callNotFound();
    return reply
      .header('cache-control', 'no-store')
      .header('content-disposition', `attachment; ${encodedName(item.name ?? item.id)}`)
      .type('application/octet-stream')
      .send(bytes);
  });
}

interface Linked {
  Params: { token: string };
}

const FORM_IS_STALE = '页面已失效，请再点一次；已填写的内容还在。';

function written(kind: 'number' | 'link', text = ''): EvidenceOffer[] {
  const value = text.trim();
  return value === '' ? [] : [{ kind, value, name: null, bytes: null }];
}

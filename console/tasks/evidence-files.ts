/**
 * Files of evidence: downloaded as bytes, or shown where their own bytes are a picture, a PDF or a text. What is shown
 * comes under a policy that lets it do nothing, and is never a page of ours: no HTML, no SVG.
 */

import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { EvidenceItem } from '../../domain/task';
import { shownAs } from '../../ledger/evidence/kinds';
import type { EvidenceStore } from '../../ledger/evidence/store';
import { IN_PDF_VIEWER, SANDBOXED } from '../foreign-content';
import { encodedName } from '../pages/file-name';
import type { SignedIn } from '../session/signed-in';
import { noSuchPage } from '../sorry';
import { taskIn } from './addresses';

interface OfItem {
  Params: { plan: string; no: string; item: string };
}

export function evidenceFiles(app: FastifyInstance, { evidence }: { evidence: EvidenceStore }): void {
  app.get<OfItem>('/plans/:plan/tasks/:no/evidence/:item', async ({ params, signedIn }, reply) => {
    const found = await fileOf(signedIn, evidence, params);
    return found ? asDownload(reply, found) : noSuchPage(reply);
  });

  app.get<OfItem>('/plans/:plan/tasks/:no/evidence/:item/view', async ({ params, signedIn }, reply) => {
    const found = await fileOf(signedIn, evidence, params);
    if (!found) return noSuchPage(reply);
    const type = await shownAs(evidence.pathOf(found.item.value), found.item.name ?? '');
    if (type === null) return asDownload(reply, found);
    return sealed(reply)
      .header('content-security-policy', type === 'application/pdf' ? IN_PDF_VIEWER : SANDBOXED)
      .header('content-disposition', `inline; ${encodedName(found.item.name ?? found.item.id)}`)
      .type(type)
      .send(found.bytes);
  });
}

interface Found {
  item: EvidenceItem;
  bytes: Readable;
}

/** Null: no such file of a task in sight. */
async function fileOf(signedIn: SignedIn, evidence: EvidenceStore, params: OfItem['Params']): Promise<Found | null> {
  const id = taskIn(params);
  const task = id && (await signedIn.desk.task(id));
  const item = task ? task.evidence.find((one) => one.id === params.item && one.kind === 'file') : undefined;
  const bytes = item && (await evidence.read(item.value));
  return item && bytes ? { item, bytes } : null;
}

function asDownload(reply: FastifyReply, { item, bytes }: Found): FastifyReply {
  return sealed(reply)
    .header('content-security-policy', SANDBOXED)
    .header('content-disposition', `attachment; ${encodedName(item.name ?? item.id)}`)
    .type('application/octet-stream')
    .send(bytes);
}

function sealed(reply: FastifyReply): FastifyReply {
  return reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff');
}

/** `/api/v1`: the HTTP API for programs, and the OpenAPI document made from the same schemas that judge its requests. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import swagger from '@fastify/swagger';
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify';
import {
  jsonSchemaTransform,
  jsonSchemaTransformObject,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import type { Desk } from '../../client';
import type { Verifications } from '../../client/verifications';
import { type Day, dayOf } from '../../domain/days';
import { TOKEN_SCOPES } from '../../domain/token-scopes';
import type { EvidenceStore } from '../../ledger/evidence/store';
import { type Authenticate, authenticateCallers, countedAs } from './caller';
import { apiPage } from './page';
import { Problem, tellProblems } from './problems';
import { evidenceRoutes } from './routes/evidence';
import { letterRoutes } from './routes/letters';
import { officeRoutes } from './routes/office';
import { planRoutes } from './routes/plans';
import { taskRoutes } from './routes/tasks';

/** A part of the server whose schemas are zod's. */
export type Api = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

export interface HttpApiParts {
  desk: Desk;
  authenticate: Authenticate;
  evidence: EvidenceStore;
  evidenceMaxMb: number;
  verifications: Verifications;
  /** The instant now, ISO. */
  now: () => string;
}

/** What the routes of the API stand on. */
export interface ApiParts extends HttpApiParts {
  today: () => Day;
  pause: (ms: number) => Promise<null>;
}

/** Of one token: a program that reads a hundred thousand tasks by pages of 200 is done in two minutes. */
const REQUESTS_PER_MINUTE = 300;

/** Puts the API on a server that knows multipart forms and rate limits. */
export async function httpApi(app: FastifyInstance, given: HttpApiParts): Promise<void> {
  const parts: ApiParts = { ...given, today: () => dayOf(given.now()), pause: (ms) => pause(ms, null) };
  await app.register(
    async (open) => {
      tellProblems(open);
      await open.register(swagger, {
        openapi: {
          openapi: '3.1.0',
          info: {
            title: 'Duban 督办',
            version: '1',
            description: 'Plans, tasks, moves and the record, for programs. Errors are problem details (RFC 9457).',
          },
          components: {
            securitySchemes: {
              token: { type: 'http', scheme: 'bearer', description: `scopes: ${TOKEN_SCOPES.join(', ')}` },
            },
          },
          security: [{ token: [] }],
        },
        transform: jsonSchemaTransform,
        transformObject: jsonSchemaTransformObject,
      });
      open.get('/openapi.json', { schema: { hide: true } }, async (_request, reply) =>
        reply.header('cache-control', 'public, max-age=300').send(open.swagger()),
      );
      await open.register(async (inner) => {
        authenticateCallers(inner, parts.desk, parts.authenticate);
        limitCallers(inner);
        inner.addHook('onSend', async (_request, reply) => {
          if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'private, no-store');
        });
        const api: Api = inner.withTypeProvider<ZodTypeProvider>();
        api.setValidatorCompiler(validatorCompiler);
        // Answers are typed by their schemas, and the tests hold each against the document.
        api.setSerializerCompiler(() => (answer) => JSON.stringify(answer));
        planRoutes(api, parts);
        taskRoutes(api, parts);
        evidenceRoutes(api, parts);
        letterRoutes(api);
        officeRoutes(api, parts);
      });
    },
    { prefix: '/api/v1' },
  );
  apiPage(app);
}

/** Says with every answer how much is left (draft-ietf-httpapi-ratelimit-headers). */
function limitCallers(inner: FastifyInstance): void {
  const count = inner.createRateLimit({
    max: REQUESTS_PER_MINUTE,
    timeWindow: 60_000,
    keyGenerator: (request) => `api ${countedAs(request)}`,
  });
  inner.addHook('onRequest', async (request, reply) => {
    const used = await count(request);
    if (used.isAllowed || !('remaining' in used)) return;
    reply.headers({
      'ratelimit-limit': used.max,
      'ratelimit-remaining': used.remaining,
      'ratelimit-reset': used.ttlInSeconds,
    });
    if (!used.isExceeded) return;
    reply.header('retry-after', used.ttlInSeconds);
    throw new Problem(429, 'too-many-requests', '请求过于频繁，请稍后再试。', 'too many requests; see Retry-After');
  });
}

/** How the HTTP API says no: problem details (RFC 9457) with a stable code and a sentence in each language. */
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { LaunchRefused, NotAllowed, UnknownOutcome, Unreachable } from '../../client/errors';
import { Failure } from '../../client/failure';
import { ledgerSentence } from '../../client/ledger-sentences';
import { policyProblem } from '../../domain/policy-numbers';
import { PolicyError } from '../../domain/policy-schema';
import { type Refusal, sentenceOf } from '../../domain/refusals';
import { LedgerRefusal, type LedgerRefusalCode, LedgerUnavailable, ledgerErrorOf } from '../../ledger/errors';

/** An answer of the API that is no. */
export class Problem extends Error {
  override readonly name = 'Problem';
  constructor(
    readonly statusCode: number,
    readonly code: string,
    readonly zh: string,
    readonly en: string,
    /** Members beside the standard ones. */
    readonly more: Record<string, unknown> = {},
  ) {
    super(en);
  }
}

export const problemSchema = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    zh: z.string(),
    en: z.string(),
    errors: z.array(z.object({ where: z.string(), message: z.string() })).optional(),
    moveId: z.string().optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457; `code` is stable, `zh` and `en` are for people' });

/** What is not there, or not in sight: both are answered alike. */
export function notFound(what: string): Problem {
  return new Problem(404, 'not-found', `没有${what}，或不在您的权限范围内。`, 'there is no such thing in your sight');
}

/** A refusal of the rules: the request was understood, and the answer is no. */
export function refusedProblem(refusal: Refusal, moveId?: string): Problem {
  const more = { details: refusal.details, ...(moveId && { moveId }) };
  const status = STATUS_OF_REFUSAL[refusal.refused] ?? 422;
  return new Problem(status, refusal.refused, sentenceOf(refusal, 'zh'), sentenceOf(refusal, 'en'), more);
}

/** What is no matter of the state of the task; everything else is 422. */
const STATUS_OF_REFUSAL: Partial<Record<Refusal['refused'], number>> = {
  'not-your-role': 403,
  'not-your-unit': 403,
  'district-office': 403,
  'not-a-party': 403,
  'not-a-lead': 403,
  superseded: 409,
};

const STATUS_OF_LEDGER: Partial<Record<LedgerRefusalCode, number>> = {
  'unknown-plan': 404,
  'unknown-unit': 404,
  'plan-launched': 409,
  'plan-exists': 409,
  'plan-changed': 409,
  'too-large': 413,
};

/** Every error becomes a problem here, and nowhere else. */
export function tellProblems(api: FastifyInstance): void {
  api.setErrorHandler<FastifyError>((error, request, reply) => {
    const problem = problemOf(error);
    if (problem.statusCode >= 500 && problem.code === 'unexpected') {
      request.log.error({ err: error, route: request.routeOptions.url }, 'failed');
    }
    return sendProblem(request, reply, problem);
  });
  api.setNotFoundHandler((request, reply) => sendProblem(request, reply, notFound('这个地址')));
}

export function sendProblem(request: FastifyRequest, reply: FastifyReply, problem: Problem): FastifyReply {
  const { statusCode, code, zh, en, more } = problem;
  const english = /^\s*en\b/i.test(request.headers['accept-language'] ?? '');
  const title = english ? en : zh;
  const body = { type: `urn:duban:problem:${code}`, title, status: statusCode, code, zh, en, ...more };
  return reply
    .code(statusCode)
    .headers({
      'content-type': 'application/problem+json; charset=utf-8',
      'content-language': english ? 'en' : 'zh-CN',
      'cache-control': 'no-store',
    })
    .send(JSON.stringify(body));
}

function problemOf(thrown: FastifyError): Problem {
  const error = ledgerErrorOf(thrown);
  if (error instanceof Problem) return error;
  if (error instanceof Failure) {
    const { code, zh, en, exit } = error;
    return code === 'unknown-plan' ? notFound('这个方案') : new Problem(exit === 4 ? 409 : 422, code, zh, en);
  }
  if (error instanceof NotAllowed) return refusedProblem(error.refusal);
  if (error instanceof UnknownOutcome) {
    const zh = '结果未知：请用同一Idempotency-Key重复此请求，不会重复办理。';
    const en = 'the outcome is unknown: repeat the request with this Idempotency-Key, it will not be done twice';
    return new Problem(504, 'outcome-unknown', zh, en, { moveId: error.moveId });
  }
  if (error instanceof LaunchRefused) {
    const zh = `方案${error.plan}不能下达。`;
    return new Problem(422, 'launch-refused', zh, `${error.plan} cannot be launched`, { problems: error.problems });
  }
  if (error instanceof PolicyError) {
    return new Problem(422, error.code, `方案的规则数值${policyProblem(error, 'zh-CN')}`, error.message);
  }
  if (error instanceof LedgerRefusal) {
    const status = STATUS_OF_LEDGER[error.code] ?? 422;
    return status === 404
      ? notFound('这一项')
      : new Problem(status, error.code, ledgerSentence(error.code), error.message);
  }
  if (error instanceof LedgerUnavailable || error instanceof Unreachable) {
    return new Problem(
      503,
      'unavailable',
      '暂时连接不到所需的服务，请稍后重试。',
      'a server cannot be reached; try again',
    );
  }
  return ofTheServer(thrown);
}

function ofTheServer(error: FastifyError): Problem {
  if (hasZodFastifySchemaValidationErrors(error)) {
    const errors = error.validation.map(({ instancePath, message }) => ({
      where: `${error.validationContext ?? 'request'}${instancePath}`,
      message: message ?? 'not valid',
    }));
    const first = errors[0];
    const en = `the request is not valid: ${first?.where ?? ''} ${first?.message ?? ''}`.trim();
    return new Problem(400, 'invalid-request', '请求内容不符合接口约定。', en, { errors });
  }
  const status = error.statusCode ?? 500;
  const known = SERVER[status];
  if (known) return new Problem(status, known.code, known.zh, known.en);
  if (status >= 400 && status < 500)
    return new Problem(status, 'bad-request', '请求无效。', 'the request is not valid');
  return new Problem(500, 'unexpected', '系统出现意外错误。', 'an unexpected error; it has been logged');
}

const SERVER: Record<number, { code: string; zh: string; en: string }> = {
  400: { code: 'bad-request', zh: '请求无效。', en: 'the request cannot be read' },
  413: { code: 'too-large', zh: '内容超出限度。', en: 'the content is larger than is taken' },
  414: { code: 'address-too-long', zh: '地址过长。', en: 'the address is too long' },
  415: { code: 'unsupported-media-type', zh: '不支持的内容类型。', en: 'this content type is not taken' },
  429: { code: 'too-many-requests', zh: '请求过于频繁，请稍后再试。', en: 'too many requests; see Retry-After' },
};

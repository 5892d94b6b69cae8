/** `/api`: the document of the API as a page for people, rendered here and without a script. */
import type { FastifyInstance } from 'fastify';
import { SCOPE_NAMES, TOKEN_SCOPES } from '../../domain/token-scopes';
import { sendPage } from '../pages/send-page';
import { Shell } from '../pages/shell';

interface Operation {
  method: string;
  path: string;
  summary: string;
  description: string | null;
  parameters: { name: string; where: string; required: boolean; description: string | null }[];
  answers: string[];
}

export function apiPage(app: FastifyInstance): void {
  app.get('/api', async (_request, reply) => {
    const answer = await app.inject({ method: 'GET', url: '/api/v1/openapi.json' });
    return sendPage(reply, <ApiPage operations={operationsOf(answer.json())} />);
  });
}

function ApiPage({ operations }: { operations: Operation[] }) {
  return (
    <Shell title="HTTP API">
      <h1>HTTP API</h1>
      <p>
        OpenAPI 3.1: <a href="/api/v1/openapi.json">/api/v1/openapi.json</a>
      </p>
      <p>
        <code>Authorization: Bearer …</code>
      </p>
      <Scopes lead="程序以用户的令牌调用，令牌在“我的账号”或以 duban token 取得；令牌的权限：" language="zh" />
      <Scopes
        lead="Programs call with the token of a user, made at /account or by duban token; its scopes:"
        language="en"
      />
      {operations.map((one) => (
        <section key={`${one.method} ${one.path}`}>
          <h2>
            <code>
              {one.method} {one.path}
            </code>
          </h2>
          <p lang="en">{one.summary}</p>
          {one.description && (
            <p lang="en" class="soft">
              {one.description}
            </p>
          )}
          {one.parameters.length > 0 && (
            <ul lang="en">
              {one.parameters.map(({ name, where, required, description }) => (
                <li key={name}>
                  <code>{name}</code> ({where}
                  {required ? ', required' : ''}){description && ` ${description}`}
                </li>
              ))}
            </ul>
          )}
          <p class="soft">{one.answers.join(' · ')}</p>
        </section>
      ))}
    </Shell>
  );
}

/** The same in both languages: whoever reads this page has not said yet which is his. */
function Scopes({ lead, language }: { lead: string; language: 'zh' | 'en' }) {
  return (
    <div lang={language === 'zh' ? 'zh-CN' : 'en'}>
      <p>{lead}</p>
      <ul>
        {TOKEN_SCOPES.map((scope) => (
          <li key={scope}>
            <code>{scope}</code> {SCOPE_NAMES[scope][language]}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The operations of the document, as far as the page shows them; what it does not know it leaves out. */
function operationsOf(document: unknown): Operation[] {
  return entriesOf(propertyOf(document, 'paths')).flatMap(([path, methods]) =>
    entriesOf(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      summary: textOf(propertyOf(operation, 'summary')) ?? '',
      description: textOf(propertyOf(operation, 'description')),
      parameters: listOf(propertyOf(operation, 'parameters')).map((parameter) => ({
        name: textOf(propertyOf(parameter, 'name')) ?? '',
        where: textOf(propertyOf(parameter, 'in')) ?? '',
        required: propertyOf(parameter, 'required') === true,
        description: textOf(
          propertyOf(parameter, 'description') ?? propertyOf(propertyOf(parameter, 'schema'), 'description'),
        ),
      })),
      answers: entriesOf(propertyOf(operation, 'responses')).map(([status]) => status),
    })),
  );
}

function propertyOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

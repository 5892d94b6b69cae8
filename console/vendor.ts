/** Scripts of others as they come in their packages: htmx, and its extension for server-sent events (decision 24). */
import { dirname } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

const FILES = [require.resolve('htmx.org/dist/htmx.min.js'), require.resolve('htmx-ext-sse/dist/sse.min.js')];

export function vendor(app: FastifyInstance): void {
  const folders = FILES.map((file) => dirname(file));
  app.register(fastifyStatic, {
    root: folders,
    prefix: '/assets/vendor/',
    index: false,
    decorateReply: false,
    allowedPath: (path) => FILES.some((file) => file.endsWith(path)),
  });
}

/** A script of others as it comes in its package: htmx (decision 24). */
import { dirname } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

const FILE = require.resolve('htmx.org/dist/htmx.min.js');

export function vendor(app: FastifyInstance): void {
  app.register(fastifyStatic, {
    root: dirname(FILE),
    prefix: '/assets/vendor/',
    index: false,
    decorateReply: false,
    allowedPath: (path) => FILE.endsWith(path),
  });
}

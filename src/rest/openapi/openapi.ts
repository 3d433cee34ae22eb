/**
 * `GET /openapi.json`, and `GET /docs`, where people read it and try it. Both are open to strangers: they say what
 * there is, not what is in it. The reference is Swagger UI as Fastify packs it, without the telemetry of its own
 * package.
 *
 * The text is made when somebody first asks for it, so that it costs a starting server nothing.
 */
import type { FastifyInstance } from 'fastify';
import { addAssets } from '../../http/assets.ts';
import { makePage } from '../../http/page.ts';
import type { Model } from '../../model.ts';
import { makeOpenapi } from './document.ts';

const packed = { package: '@fastify/swagger-ui' };
const script = 'text/javascript; charset=utf-8';

/** Nothing is sent to Swagger's validator, and a token is forgotten with the page. */
const start = `window.SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#reference',
  deepLinking: true,
  docExpansion: 'none',
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  filter: true,
  persistAuthorization: false,
  tryItOutEnabled: true,
  validatorUrl: null,
});
`;

export function addOpenapi(
  app: FastifyInstance,
  { model, version }: { readonly model: Model; readonly version: string },
): void {
  addAssets(app, {
    '/openapi.json': {
      type: 'application/json; charset=utf-8',
      text: () => JSON.stringify(makeOpenapi(model, { version })),
    },
    '/docs': makePage({
      title: 'Doorstep: the REST API',
      root: 'reference',
      styles: ['/docs/swagger-ui.css'],
      scripts: ['/docs/swagger-ui-bundle.js', '/docs/start.js'],
    }),
    '/docs/swagger-ui.css': { ...packed, path: 'static/swagger-ui.css' },
    '/docs/swagger-ui-bundle.js': { ...packed, path: 'static/swagger-ui-bundle.js' },
    '/docs/start.js': { type: script, text: () => start },
  });
}

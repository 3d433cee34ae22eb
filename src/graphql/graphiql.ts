/**
 * GraphiQL, for who opens `/graphql` in a browser. The page holds nothing, so strangers get it too; the token that they
 * write into its headers is forgotten with the page.
 *
 * GraphiQL 3 and React 18 are the last that come as files which a browser can load as they are.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';
import { addAssets, makeSendAsset } from '../http/assets.ts';
import { makePage } from '../http/page.ts';
import { answerTypes } from './answer-type.ts';

const script = 'text/javascript; charset=utf-8';

const style = `html, body, #graphiql { height: 100%; margin: 0; }
`;

const start = `const greeting = \`# Write your token into Headers below:
#
#   { "authorization": "Bearer <token>" }
#
# and press the round arrow on the left. The
# schema is shown to those who have one;
# "npx doorstep token <email>" prints one.

{
  campaigns {
    nodes {
      data {
        name
      }
    }
  }
}
\`;

ReactDOM.createRoot(document.getElementById('graphiql')).render(
  React.createElement(GraphiQL, {
    fetcher: GraphiQL.createFetcher({ url: '/graphql' }),
    defaultQuery: greeting,
    defaultHeaders: '{ "authorization": "Bearer " }',
    defaultEditorToolsVisibility: 'headers',
    shouldPersistHeaders: false,
    showPersistHeadersSettings: false,
  }),
);
`;

export interface Graphiql {
  /** Answers the request with the page when it comes from somebody's browser. */
  readonly offer: (request: FastifyRequest, reply: FastifyReply) => boolean;
}

export function addGraphiql(app: FastifyInstance): Graphiql {
  addAssets(app, {
    '/graphql/graphiql.css': { package: 'graphiql', path: 'graphiql.min.css' },
    '/graphql/graphiql.js': { package: 'graphiql', path: 'graphiql.min.js' },
    '/graphql/react.js': { package: 'react', path: 'umd/react.production.min.js' },
    '/graphql/react-dom.js': { package: 'react-dom', path: 'umd/react-dom.production.min.js' },
    '/graphql/page.css': { type: 'text/css; charset=utf-8', text: () => style },
    '/graphql/start.js': { type: script, text: () => start },
  });
  const send = makeSendAsset(
    makePage({
      title: 'Doorstep: GraphiQL',
      root: 'graphiql',
      styles: ['/graphql/graphiql.css', '/graphql/page.css'],
      scripts: ['/graphql/react.js', '/graphql/react-dom.js', '/graphql/graphiql.js', '/graphql/start.js'],
    }),
  );
  return {
    offer(request, reply) {
      if (request.method !== 'GET' || !prefersPage(request.headers.accept)) return false;
      send(request, reply.header('vary', 'accept')).catch((error: unknown) => reply.send(error));
      return true;
    },
  };
}

/** API clients name JSON or take anything; only browsers ask for HTML before both. */
function prefersPage(accept: string | undefined): boolean {
  if (accept === undefined) return false;
  return new Negotiator({ headers: { accept } }).mediaType([...answerTypes, 'text/html']) === 'text/html';
}

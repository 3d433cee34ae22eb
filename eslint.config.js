/**
 * What the compiler lets pass and this house does not. Layout is prettier's, layers are dependency-cruiser's, and what
 * neither can see (sizes, names, opening comments) is in test/project/.
 */
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const houseRules = [
  { selector: 'ExportDefaultDeclaration', message: 'Export by name: one name for one thing, everywhere.' },
  { selector: 'TSEnumDeclaration', message: 'Use a union of texts, or a list "as const".' },
  { selector: 'TSModuleDeclaration[kind="namespace"]', message: 'A file is a namespace already.' },
  {
    selector: 'ExportNamedDeclaration > TSInterfaceDeclaration > TSInterfaceBody > TSPropertySignature[readonly=false]',
    message: 'What crosses a file is readonly.',
  },
];

const clockRules = [
  { selector: 'MemberExpression[object.name="Date"][property.name="now"]', message: 'Take a Clock as an argument.' },
  { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: 'Take a Clock as an argument.' },
  { selector: 'CallExpression[callee.name="Date"]', message: 'Take a Clock as an argument.' },
];

const environmentRule = {
  selector: 'MemberExpression[object.name="process"][property.name="env"]',
  message: 'Add a setting to src/config.ts and take it as an argument.',
};

export default defineConfig(
  { ignores: ['dist/', 'test/bench/dist/', 'clients/*/dist/', 'src/store/prisma/', '.doorstep/', 'coverage/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['{src,seed,test,clients}/**/*.ts', 'vitest.config.ts'],
    extends: [tseslint.configs.recommendedTypeChecked, tseslint.configs.stylistic],
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      'no-param-reassign': 'error',
      'prefer-const': 'error',
      'no-restricted-syntax': ['error', ...houseRules, ...clockRules, environmentRule],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // Interfaces of promises are met by functions that happen not to wait, Fastify's handlers above all.
      '@typescript-eslint/require-await': 'off',
      // It believes that a variable which a callback sets is still null.
      '@typescript-eslint/await-thenable': 'off',
      // Our objects are closures: their methods know no `this` and may be taken apart.
      '@typescript-eslint/unbound-method': 'off',
      // noUncheckedIndexedAccess asks for a `!` wherever a loop already knows that the element is there.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // A row's attributes are Json, and String() of one follows a check of its kind that the compiler cannot see.
      '@typescript-eslint/no-base-to-string': 'off',
      // Types that refer to themselves (Json) cannot be interfaces.
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/consistent-indexed-object-style': 'off',
      '@typescript-eslint/no-empty-function': 'off',
    },
  },
  {
    files: ['bin/**/*.js', 'test/bench/*.js'],
    rules: { eqeqeq: 'error', 'prefer-const': 'error', 'no-unused-vars': 'error' },
  },
  { files: ['src/config.ts'], rules: { 'no-restricted-syntax': ['error', ...houseRules, ...clockRules] } },
  { files: ['src/clock.ts'], rules: { 'no-restricted-syntax': ['error', ...houseRules, environmentRule] } },
  {
    files: ['test/**/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', ...houseRules],
      '@typescript-eslint/explicit-module-boundary-types': 'off',
      // The matchers of Vitest are typed as any.
      '@typescript-eslint/no-unsafe-assignment': 'off',
    },
  },
  // They stand on packages that `npm run bench` installs: without those there are no types to lint with, and to compile
  // them is the benchmark's.
  {
    files: ['test/bench/guests/**/*.ts'],
    extends: [tseslint.configs.disableTypeChecked],
  },
  // Vitest and ESLint want a default export of their files.
  { files: ['*.config.{js,ts}', 'test/global-setup.ts'], rules: { 'no-restricted-syntax': 'off' } },
);

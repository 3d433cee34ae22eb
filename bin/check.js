#!/usr/bin/env node
/**
 * The quality gates: `npm run check`. One line for each gate, the output of those that failed, and a last line that
 * counts. The generator goes first, alone, because it builds what the other gates read (the Prisma client).
 */
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const tool = (path) => join(root, 'node_modules', path);

const first = { name: 'generated files', args: [join(root, 'bin/doorstep.js'), 'generate', '--check'] };
const others = [
  { name: 'lint', args: [tool('eslint/bin/eslint.js'), '.'] },
  { name: 'types', args: [tool('typescript/bin/tsc'), '-p', 'tsconfig.json', '--noEmit'] },
  {
    name: 'layers',
    args: [tool('dependency-cruiser/bin/dependency-cruise.mjs'), '--config', '.dependency-cruiser.cjs', 'src', 'seed'],
  },
  { name: 'dependencies', args: [join(root, 'bin/audit.js')] },
  { name: 'format', args: [tool('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'] },
];

function run({ name, args }) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (text) => (output += text));
    child.stderr.on('data', (text) => (output += text));
    child.on('error', (error) => resolve({ name, passed: false, output: String(error) }));
    child.on('close', (code) => resolve({ name, passed: code === 0, output }));
  });
}

const results = [];

async function runAndPrint(gate) {
  const result = await run(gate);
  results.push(result);
  const [note = ''] = /(?<=^note: ).*$/m.exec(result.output) ?? [];
  console.log(`${result.passed ? 'passed' : 'FAILED'}  ${result.name}${note === '' ? '' : ` (${note})`}`);
  if (!result.passed) console.log(result.output.trimEnd().replaceAll(/^/gm, '        '));
}

await runAndPrint(first);
const waiting = [...others];
const worker = async () => {
  for (let gate = waiting.shift(); gate !== undefined; gate = waiting.shift()) await runAndPrint(gate);
};
await Promise.all(Array.from({ length: availableParallelism() }, worker));

const failed = results.filter(({ passed }) => !passed).length;
console.log(`${results.length - failed} gates passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

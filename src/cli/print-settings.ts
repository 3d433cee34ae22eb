/** The settings as `serve --help` lists them. They are declared in config.ts and nowhere else. */
import { settings } from '../config.ts';

const width = 80;

export function printSettings(): string {
  const blocks = Object.values(settings).map(({ name, description, shown }) => {
    return [`  ${name} (${shown})`, ...wrap(description, width - 6).map((line) => `      ${line}`)].join('\n');
  });
  return ['', 'Settings come from the environment; in brackets what holds when one is not set:', ...blocks].join('\n');
}

function wrap(text: string, longest: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + word.length >= longest) {
      lines.push(line);
      line = '';
    }
    line += line === '' ? word : ` ${word}`;
  }
  return [...lines, line];
}

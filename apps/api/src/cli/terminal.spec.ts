import { describe, expect, it } from '@jest/globals';
import { PassThrough } from 'node:stream';
import { Terminal } from './terminal';

function terminalWith(input: PassThrough & { isTTY: boolean }): {
  terminal: Terminal;
  seen: () => string;
} {
  let seen = '';
  const output = { write: (text: unknown) => Boolean((seen += String(text))) };
  const terminal = new Terminal(input as unknown as NodeJS.ReadStream, output, output);
  return { terminal, seen: () => seen };
}

describe('terminal', () => {
  it('asks for a secret and never shows it', async () => {
    const input = Object.assign(new PassThrough(), { isTTY: true });
    const { terminal, seen } = terminalWith(input);
    const answer = terminal.askSecret('Password: ');
    input.write(' correct horse \r');
    expect(await answer).toBe(' correct horse ');
    expect(seen()).toBe('Password: \n');
  });

  it('asks nobody where nobody can answer', async () => {
    const { terminal, seen } = terminalWith(Object.assign(new PassThrough(), { isTTY: false }));
    expect(await terminal.askSecret('Password: ')).toBeNull();
    expect(seen()).toBe('');
  });
});

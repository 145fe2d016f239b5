import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

type Output = Pick<NodeJS.WriteStream, 'write'>;

/** Where the command line reads and prints. */
export class Terminal {
  constructor(
    private readonly input: NodeJS.ReadStream,
    private readonly output: Output,
    private readonly errors: Output,
  ) {}

  print(text = ''): void {
    this.output.write(`${text}\n`);
  }

  printError(text: string): void {
    this.errors.write(`${text}\n`);
  }

  /** Asks without showing what is typed. Null where nobody can answer. */
  async askSecret(question: string): Promise<string | null> {
    if (!this.input.isTTY) return null;
    this.errors.write(question);
    const silence = new Writable({
      write: (_chunk, _encoding, done) => {
        done();
      },
    });
    const reader = createInterface({ input: this.input, output: silence, terminal: true });
    try {
      return await reader.question('');
    } finally {
      reader.close();
      this.errors.write('\n');
    }
  }
}

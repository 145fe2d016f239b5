import type { Answer } from './answer-parser';
import type { Request } from './request';

/** Counts what went wrong, by kind, with one example of each. */
export class Failures {
  private readonly byKind = new Map<string, { count: number; example: string }>();

  get count(): number {
    return [...this.byKind.values()].reduce((sum, { count }) => sum + count, 0);
  }

  /** Counts an answer that is not the expected one. */
  check(request: Request, { status, body }: Answer): void {
    if (!request.statuses.includes(status)) {
      const wanted = request.statuses.join(' or ');
      this.add(`status ${status} instead of ${wanted}`, `${firstLine(request)} ${body.toString()}`);
    } else if (body.length < request.minBodyBytes) {
      this.add('body too short', `${firstLine(request)} ${body.toString()}`);
    }
  }

  add(kind: string, example: string): void {
    const known = this.byKind.get(kind);
    if (known) known.count += 1;
    else this.byKind.set(kind, { count: 1, example: example.slice(0, 400) });
  }

  /** One line for each kind. */
  lines(): string[] {
    return [...this.byKind].map(([kind, { count, example }]) => `${count} × ${kind}: ${example}`);
  }
}

function firstLine({ bytes }: Request): string {
  return bytes.slice(0, bytes.indexOf('\r\n'));
}

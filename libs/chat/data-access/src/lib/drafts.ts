import { Service, computed, inject } from '@angular/core';
import { filter, map } from 'rxjs';
import { LocalRecords } from './local-records';
import { CHAT_VIEWER } from './viewer';

/** The viewer's unsent text of each conversation: one for all tabs, kept in this browser. */
@Service()
export class Drafts {
  private readonly viewer = inject(CHAT_VIEWER);
  private readonly records = inject(LocalRecords);
  private readonly prefix = computed(() => `sc.draft.${this.viewer()?.id ?? 'nobody'}.`);

  /** The conversation whose text another tab changed. */
  readonly changes$ = this.records.changes$.pipe(
    filter((name) => name?.startsWith(this.prefix()) === true),
    map((name) => Number(name?.slice(this.prefix().length))),
  );

  read(conversationId: number): string {
    return this.records.read(this.prefix() + `${conversationId}`) ?? '';
  }

  write(conversationId: number, text: string): void {
    const name = this.prefix() + `${conversationId}`;
    if (text === '') this.records.remove(name);
    else this.records.write(name, text);
  }

  isEmpty(): boolean {
    return this.names().length === 0;
  }

  clear(): void {
    for (const name of this.names()) this.records.remove(name);
  }

  private names(): string[] {
    return this.records.names(this.prefix());
  }
}

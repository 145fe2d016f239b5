import { Service, computed, inject } from '@angular/core';
import { LocalRecords } from './local-records';
import { CHAT_VIEWER } from './viewer';

/** The viewer's unsent text of each conversation, kept in this browser. */
@Service()
export class Drafts {
  private readonly viewer = inject(CHAT_VIEWER);
  private readonly records = inject(LocalRecords);
  private readonly prefix = computed(() => `sc.draft.${this.viewer()?.id ?? 'nobody'}.`);

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

import type { ClientFrame, ServerFrame, User } from '@support-chat/contracts';

const ABNORMAL = 1006;
const USER: User = { id: 1, email: 'u1@example.org', name: 'user', role: 'user', created_at: '' };

/** The browser's WebSocket with the server's side of it in the test's hand. */
export class FakeWebSocket {
  /** All that were opened, in order. */
  static opened: FakeWebSocket[] = [];

  onopen: ((event: Event) => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onerror: ((event: Event) => void) | null = null;
  onclose: ((event: { code: number; wasClean: boolean }) => void) | null = null;
  readyState = 0;
  readonly sent: ClientFrame[] = [];
  /** Set by a test that plays the server. */
  onSent: ((frame: ClientFrame) => void) | null = null;

  constructor(readonly url: string) {
    FakeWebSocket.opened.push(this);
  }

  static install(): void {
    FakeWebSocket.opened = [];
    globalThis.WebSocket = FakeWebSocket as unknown as typeof WebSocket;
  }

  /** The one opened last. */
  static last(): FakeWebSocket {
    const last = FakeWebSocket.opened.at(-1);
    if (!last) throw new Error('No socket was opened.');
    return last;
  }

  send(text: string): void {
    const frame = JSON.parse(text) as ClientFrame;
    this.sent.push(frame);
    this.onSent?.(frame);
  }

  close(): void {
    this.readyState = 3;
  }

  get isOpen(): boolean {
    return this.readyState === 1;
  }

  /** The upgrade succeeds. */
  accept(): void {
    this.readyState = 1;
    this.onopen?.(new Event('open'));
  }

  say(frame: ServerFrame): void {
    if (this.isOpen) this.onmessage?.({ data: JSON.stringify(frame) });
  }

  /** Opens and takes whoever it is. */
  welcome(heartbeatSeconds = 20): void {
    this.accept();
    this.say({ type: 'ready', user: USER, heartbeat_seconds: heartbeatSeconds });
  }

  /** The server closes it with a code, or the line breaks. */
  end(code = ABNORMAL): void {
    if (this.readyState === 3) return;
    this.readyState = 3;
    if (code === ABNORMAL) this.onerror?.(new Event('error'));
    this.onclose?.({ code, wasClean: code !== ABNORMAL });
  }
}

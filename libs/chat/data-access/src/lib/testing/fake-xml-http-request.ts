/** Stands where `XMLHttpRequest` does; the test plays the network. */
export class FakeXmlHttpRequest {
  static opened: FakeXmlHttpRequest[] = [];

  readonly upload: { onprogress?: (event: { loaded: number; total: number }) => void } = {};
  readonly headers = new Map<string, string>();
  onload?: () => void;
  onerror?: () => void;
  url = '';
  body: FormData | null = null;
  isAborted = false;
  status = 0;
  statusText = '';
  responseText = '';
  responseHeaders = '';

  static install(): void {
    FakeXmlHttpRequest.opened = [];
    Object.defineProperty(globalThis, 'XMLHttpRequest', {
      value: FakeXmlHttpRequest,
      configurable: true,
    });
  }

  open(method: string, url: string): void {
    this.url = `${method} ${url}`;
    FakeXmlHttpRequest.opened.push(this);
  }

  setRequestHeader(name: string, value: string): void {
    this.headers.set(name, value);
  }

  getAllResponseHeaders(): string {
    return this.responseHeaders;
  }

  send(body: FormData): void {
    this.body = body;
  }

  abort(): void {
    this.isAborted = true;
  }

  progress(share: number): void {
    this.upload.onprogress?.({ loaded: share * 1000, total: 1000 });
  }

  answer(status: number, body: unknown): void {
    this.status = status;
    this.responseText = typeof body === 'string' ? body : JSON.stringify(body);
    this.onload?.();
  }

  cut(): void {
    this.onerror?.();
  }
}

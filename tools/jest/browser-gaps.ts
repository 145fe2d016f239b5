/** What browsers have and jsdom lacks: enough of each for components to live in a test. */

class SilentChannel extends EventTarget {
  postMessage(): void {
    // There are no other tabs.
  }

  close(): void {
    // Nothing is open.
  }
}

/** Nothing has a size or a place here, so there is nothing to tell. */
class SilentObserver {
  observe(): void {
    // Nothing comes into view.
  }

  unobserve(): void {
    // Nothing was watched.
  }

  disconnect(): void {
    // Nothing was watched.
  }
}

/** Adds what is missing and leaves what is there. */
function provide<T extends object>(target: T, parts: Partial<Record<keyof T, unknown>>): void {
  for (const [name, value] of Object.entries(parts)) {
    if (!(name in target)) {
      Object.defineProperty(target, name, { value, writable: true, configurable: true });
    }
  }
}

provide(globalThis, {
  IntersectionObserver: SilentObserver,
  ResizeObserver: SilentObserver,
  BroadcastChannel: SilentChannel,
});

provide(Blob.prototype, {
  async arrayBuffer(this: Blob) {
    const reader = new FileReader();
    await new Promise((resolve, reject) => {
      reader.onload = resolve;
      reader.onerror = reject;
      reader.readAsArrayBuffer(this);
    });
    return reader.result;
  },
});

provide(HTMLElement.prototype, {
  checkVisibility: () => true,
  hidePopover: () => undefined,
});

provide(HTMLDialogElement.prototype, {
  showModal(this: HTMLDialogElement) {
    this.open = true;
  },
  close(this: HTMLDialogElement) {
    this.open = false;
  },
});

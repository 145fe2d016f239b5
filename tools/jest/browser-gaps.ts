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

globalThis.IntersectionObserver ??= SilentObserver as unknown as typeof IntersectionObserver;
globalThis.ResizeObserver ??= SilentObserver as unknown as typeof ResizeObserver;
globalThis.BroadcastChannel ??= SilentChannel as unknown as typeof BroadcastChannel;

HTMLElement.prototype.checkVisibility ??= () => true;

HTMLElement.prototype.hidePopover ??= () => undefined;

HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) {
  this.open = true;
};

HTMLDialogElement.prototype.close ??= function (this: HTMLDialogElement) {
  this.open = false;
};

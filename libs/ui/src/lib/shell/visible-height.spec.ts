import { TestBed } from '@angular/core/testing';
import { VisibleHeight } from './visible-height';

const viewport = Object.assign(new EventTarget(), { height: 800, scale: 1 });
const visible = () => document.documentElement.style.getPropertyValue('--sc-visible-height');

function resize(height: number, scale = 1): void {
  Object.assign(viewport, { height, scale });
  viewport.dispatchEvent(new Event('resize'));
}

describe('ux-54 visible height', () => {
  beforeEach(() => {
    Object.defineProperty(window, 'visualViewport', { value: viewport, configurable: true });
    Object.defineProperty(document.documentElement, 'clientHeight', {
      value: 800,
      configurable: true,
    });
    window.scrollTo = () => undefined;
    TestBed.inject(VisibleHeight).start();
  });

  it('is what a keyboard over the page leaves, until it is gone', () => {
    resize(480);
    expect(visible()).toBe('480px');
    resize(800);
    expect(visible()).toBe('');
  });

  it('is not changed by pinch zoom or a bar of the browser', () => {
    resize(400, 2);
    expect(visible()).toBe('');
    resize(744);
    expect(visible()).toBe('');
  });
});

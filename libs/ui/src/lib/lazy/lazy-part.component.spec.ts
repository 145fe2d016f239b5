import { jest } from '@jest/globals';
import { Component, input, inputBinding, output, outputBinding, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideTestI18n } from '../i18n/provide-test-i18n';
import { type LazyPart, LazyPartComponent } from './lazy-part.component';

@Component({ template: '<button (click)="pressed.emit()">{{ name() }}</button>' })
class PartComponent {
  readonly name = input.required<string>();
  readonly pressed = output();
}

async function show(load: () => Promise<LazyPart>) {
  TestBed.configureTestingModule({ providers: [provideTestI18n()] });
  const fixture = TestBed.createComponent(LazyPartComponent);
  fixture.componentRef.setInput('load', load);
  await fixture.whenStable();
  return { fixture, page: fixture.nativeElement as HTMLElement };
}

describe('LazyPartComponent', () => {
  it('shows what was fetched, with everything bound to it', async () => {
    const name = signal('first');
    let presses = 0;
    const bindings = [inputBinding('name', name), outputBinding('pressed', () => (presses += 1))];
    const { fixture, page } = await show(() => Promise.resolve({ type: PartComponent, bindings }));
    await fixture.whenStable();
    const button = page.querySelector('button');
    expect(button?.textContent).toBe('first');
    name.set('second');
    await fixture.whenStable();
    expect(button?.textContent).toBe('second');
    button?.click();
    expect(presses).toBe(1);
  });

  it('says that it comes, and that it could not be had', async () => {
    let fail: (reason: Error) => void = () => undefined;
    const loading = new Promise<LazyPart>((_, reject) => (fail = reject));
    const { fixture, page } = await show(() => loading);
    expect(page.textContent).toContain('Loading');
    fail(new Error('no such chunk'));
    await loading.catch(() => undefined);
    await fixture.whenStable();
    expect(page.querySelector('[role=alert]')?.textContent).toContain('cannot be reached');
  });

  it('tries again when asked to, and when the network is back', async () => {
    let fetches = 0;
    const load = () => {
      fetches += 1;
      return fetches < 3
        ? Promise.reject(new Error('no such chunk'))
        : Promise.resolve({ type: PartComponent, bindings: [inputBinding('name', () => 'late')] });
    };
    const { fixture, page } = await show(load);
    const settle = async () => {
      await new Promise((resolve) => setTimeout(resolve));
      await fixture.whenStable();
    };
    let failures = 0;
    await settle();
    fixture.componentInstance.failed.subscribe(() => (failures += 1));
    page.querySelector('button')?.click();
    page.querySelector('button')?.click();
    await settle();
    expect([fetches, failures]).toEqual([2, 1]);
    // Browsers may remember that it could not be had, and a new version has other files.
    expect(page.querySelector('button')?.textContent).toContain('Reload');
    dispatchEvent(new Event('online'));
    await settle();
    expect(page.querySelector('[role=alert]')).toBeNull();
    expect(page.querySelector('button')?.textContent).toBe('late');
    dispatchEvent(new Event('online'));
    expect(fetches).toBe(3);
  });

  it('ux-47 never offers a new load while there is no network, which would lose the page', async () => {
    const counter = { fetches: 0 };
    const { fixture, page } = await show(() => {
      counter.fetches += 1;
      return Promise.reject(new Error('no network'));
    });
    const settle = async () => {
      await new Promise((resolve) => setTimeout(resolve));
      await fixture.whenStable();
    };
    await settle();
    const isOnLine = jest.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    page.querySelector('button')?.click();
    await settle();
    expect(page.querySelector('button')?.textContent).not.toContain('Reload');
    isOnLine.mockRestore();
    page.querySelector('button')?.click();
    await settle();
    expect(page.querySelector('button')?.textContent).toContain('Reload');
    dispatchEvent(new Event('online'));
    await settle();
    expect(page.querySelector('button')?.textContent).toContain('Reload');
    const { fetches } = counter;
    jest.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    page.querySelector('button')?.click();
    await settle();
    expect(counter.fetches).toBe(fetches + 1);
    jest.restoreAllMocks();
  });

  it('shows nothing where it is no longer wanted', async () => {
    let arrive: (part: LazyPart) => void = () => undefined;
    const { fixture, page } = await show(() => new Promise((resolve) => (arrive = resolve)));
    fixture.destroy();
    arrive({ type: PartComponent, bindings: [] });
    await Promise.resolve();
    expect(page.querySelector('button')).toBeNull();
  });
});

import { jest } from '@jest/globals';
import { Location } from '@angular/common';
import { ApplicationInitStatus, Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Router, provideRouter } from '@angular/router';
import { AppFrameComponent } from './app-frame.component';
import { NavigationFailure } from './navigation-failure';
import { provideShell } from './provide-shell';

@Component({
  imports: [AppFrameComponent],
  template: `
    <sc-app-frame heading="Support">
      <button bell>bell</button>
      <p menu>somebody</p>
      <p>content</p>
    </sc-app-frame>
  `,
})
class HostComponent {}

@Component({ template: '' })
class PageComponent {}

describe('AppFrameComponent', () => {
  const hidePopover = jest.fn();

  beforeEach(() => {
    localStorage.clear();
    hidePopover.mockReset();
    HTMLElement.prototype.hidePopover = hidePopover;
  });

  async function show() {
    const routes = [{ path: '**', component: PageComponent }];
    TestBed.configureTestingModule({
      providers: [provideRouter(routes), provideShell('/contact')],
    });
    await TestBed.inject(ApplicationInitStatus).donePromise;
    const fixture = TestBed.createComponent(HostComponent);
    await fixture.whenStable();
    const page = fixture.nativeElement as HTMLElement;
    const choose = async (selector: string, value: string) => {
      const select = page.querySelector<HTMLSelectElement>(selector);
      if (!select) throw new Error(`no ${selector}`);
      select.value = value;
      select.dispatchEvent(new Event('change'));
      await fixture.whenStable();
    };
    return { page, choose };
  }

  it('puts everything in its place, and its name leads to the start of the app', async () => {
    const { page } = await show();
    expect(page.querySelector('header')?.textContent).toContain('bell');
    expect(page.querySelector('[popover]')?.textContent).toContain('somebody');
    expect(page.querySelector('main')?.textContent).toBe('content');
    expect(page.querySelector('header a')?.getAttribute('href')).toBe('/contact');
  });

  it('writes addresses without a slash at the end, query or not', async () => {
    await show();
    const addressOf = (url: string) => TestBed.inject(Location).prepareExternalUrl(url);
    expect(addressOf('/')).toBe('/contact');
    expect(addressOf('/?unread=true')).toBe('/contact?unread=true');
    expect(addressOf('/conversations/7')).toBe('/contact/conversations/7');
  });

  it('ux-56 ux-52 switches language and look', async () => {
    const { page, choose } = await show();
    await choose('sc-theme-select select', 'dark');
    expect(document.documentElement.dataset['theme']).toBe('dark');
    await choose('sc-language-select select', 'ar');
    expect(document.documentElement.dir).toBe('rtl');
    expect(page.querySelector('.skip')?.textContent.trim()).toBe('انتقل إلى المحتوى');
    await choose('sc-language-select select', 'en');
    await choose('sc-theme-select select', 'system');
    expect(document.documentElement.dataset['theme']).toBeUndefined();
  });

  it('ux-61 skips to the content without changing the address', async () => {
    const { page } = await show();
    const before = location.href;
    page.querySelector<HTMLElement>('.skip')?.click();
    expect(document.activeElement).toBe(page.querySelector('main'));
    expect(location.href).toBe(before);
  });

  it('closes the menu when the page changes', async () => {
    await show();
    await TestBed.inject(Router).navigateByUrl('/elsewhere');
    expect(hidePopover).toHaveBeenCalledTimes(1);
  });

  it('ux-62 takes the focus only when the page that had it is gone', async () => {
    const { page } = await show();
    const router = TestBed.inject(Router);
    await router.navigateByUrl('/');
    expect(document.activeElement).toBe(document.body);
    const bell = page.querySelector<HTMLElement>('[bell]');
    bell?.focus();
    await router.navigateByUrl('/elsewhere');
    expect(document.activeElement).toBe(bell);
    bell?.blur();
    await router.navigateByUrl('/');
    expect(document.activeElement).toBe(page.querySelector('main'));
  });

  it('ux-51 says when a part of the app could not be loaded', async () => {
    const { page } = await show();
    expect(page.querySelector('[role=alert]')).toBeNull();
    TestBed.inject(NavigationFailure).note();
    TestBed.tick();
    expect(page.querySelector('[role=alert]')?.textContent).toContain('could not be loaded');
  });
});

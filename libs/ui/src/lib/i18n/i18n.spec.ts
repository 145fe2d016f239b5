import { ApplicationInitStatus, Component, inject } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { I18n } from './i18n';
import { chooseLanguage, chooseLocale } from './languages';
import { provideI18n } from './provide-i18n';

@Component({
  selector: 'sc-sample',
  template: `<p>{{ i18n.t('auth.signIn') }} {{ i18n.plural('bell.unread', 2) }}</p>`,
})
class SampleComponent {
  readonly i18n = inject(I18n);
}

describe('choice of language', () => {
  it('is the remembered one, else the first of the browser that we speak, else English', () => {
    expect(chooseLanguage('ar', ['en-GB'])).toBe('ar');
    expect(chooseLanguage('xx', ['fr-FR', 'ar-EG', 'en'])).toBe('ar');
    expect(chooseLanguage(null, ['fr'])).toBe('en');
  });

  it('ux-58 keeps the region of the browser for dates and numbers', () => {
    expect(chooseLocale('en', ['ar-EG', 'en-GB'])).toBe('en-GB');
    expect(chooseLocale('ar', ['en-GB'])).toBe('ar');
  });
});

describe('I18n', () => {
  beforeEach(() => {
    localStorage.clear();
  });

  async function start(): Promise<I18n> {
    TestBed.configureTestingModule({ providers: [provideI18n()] });
    await TestBed.inject(ApplicationInitStatus).donePromise;
    return TestBed.inject(I18n);
  }

  it('ux-56 switches a shown component at runtime, with plurals and direction', async () => {
    const i18n = await start();
    const fixture = TestBed.createComponent(SampleComponent);
    await fixture.whenStable();
    const shown = () => (fixture.nativeElement as HTMLElement).textContent;
    expect(shown()).toBe('Sign in 2 unread messages');

    await i18n.use('ar');
    await fixture.whenStable();
    expect(shown()).toBe('تسجيل الدخول رسالتان غير مقروءتين');
    expect(document.documentElement).toMatchObject({ lang: 'ar', dir: 'rtl' });
  });

  it('remembers the choice for the next visit', async () => {
    await (await start()).use('ar');
    TestBed.resetTestingModule();
    expect((await start()).language()).toBe('ar');
  });
});

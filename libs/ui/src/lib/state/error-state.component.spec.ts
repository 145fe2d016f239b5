import { Clipboard } from '@angular/cdk/clipboard';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import type { Failure } from '@support-chat/contracts';
import { provideTestI18n } from '../i18n/provide-test-i18n';
import { ErrorStateComponent } from './error-state.component';

const failure: Failure = {
  code: 'unavailable',
  status: 503,
  requestId: 'req-1',
  retryAfterSeconds: 5,
  errors: [],
};
const copied: string[] = [];

async function show(more: Partial<Failure>): Promise<ComponentFixture<ErrorStateComponent>> {
  const clipboard = {
    copy: (text: string) => {
      copied.push(text);
      return true;
    },
  };
  TestBed.configureTestingModule({
    providers: [provideTestI18n(), { provide: Clipboard, useValue: clipboard }],
  });
  const fixture = TestBed.createComponent(ErrorStateComponent);
  fixture.componentRef.setInput('heading', 'It could not be loaded');
  fixture.componentRef.setInput('failure', { ...failure, ...more });
  await fixture.whenStable();
  return fixture;
}

const words = (fixture: ComponentFixture<ErrorStateComponent>) =>
  (fixture.nativeElement as HTMLElement).textContent;
const buttons = (fixture: ComponentFixture<ErrorStateComponent>) => [
  ...(fixture.nativeElement as HTMLElement).querySelectorAll('button'),
];

describe('error state', () => {
  it('ux-51 speaks in human words and says how long to wait, without raw codes', async () => {
    const fixture = await show({});
    expect(words(fixture)).toContain('The service is not available right now.');
    expect(words(fixture)).toContain('Try again in 5 seconds.');
    expect(words(fixture)).not.toMatch(/503|unavailable/u);
  });

  it('ux-51 offers to try again, and to copy the request id', async () => {
    const fixture = await show({});
    let retries = 0;
    fixture.componentInstance.retry.subscribe(() => (retries += 1));
    for (const button of buttons(fixture)) button.click();
    await fixture.whenStable();
    expect(retries).toBe(1);
    expect(copied).toEqual(['req-1']);
    expect(words(fixture)).toContain('Copied');
  });

  it('offers no retry where it cannot help, and no id where there is none', async () => {
    const fixture = await show({ code: 'not_found', requestId: null, retryAfterSeconds: null });
    expect(buttons(fixture)).toEqual([]);
  });
});

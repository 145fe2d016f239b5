import { TestBed } from '@angular/core/testing';
import { provideTestI18n } from '../i18n/provide-test-i18n';
import { Clock } from './clock';
import { signal } from '@angular/core';
import { TimeComponent } from './time.component';

const now = signal(new Date(2026, 10, 22, 12));

async function show(format: 'clock' | 'relative', at: Date): Promise<HTMLElement> {
  TestBed.configureTestingModule({
    providers: [provideTestI18n(), { provide: Clock, useValue: { now } }],
  });
  const fixture = TestBed.createComponent(TimeComponent);
  fixture.componentRef.setInput('at', at.toISOString());
  fixture.componentRef.setInput('format', format);
  await fixture.whenStable();
  return fixture.nativeElement as HTMLElement;
}

describe('time', () => {
  it('ux-58 carries the moment for machines and the exact one for people', async () => {
    const at = new Date(2026, 10, 20, 9, 5);
    const time = (await show('clock', at)).querySelector('time');
    expect(time?.getAttribute('datetime')).toBe(at.toISOString());
    expect(time?.querySelector('.exact')?.textContent).toMatch(/2026/u);
  });

  it('ux-3 grows older by itself', async () => {
    const host = await show('relative', new Date(2026, 10, 22, 11, 58));
    const first = host.textContent;
    now.set(new Date(2026, 10, 22, 12, 3));
    TestBed.tick();
    expect(first).toMatch(/^2\s?m/u);
    expect(host.textContent).toMatch(/^5\s?m/u);
  });
});

import { jest } from '@jest/globals';
import { signal } from '@angular/core';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import {
  AlertSound,
  PushDevice,
  PushWorker,
  type PushState,
  type PushTestResult,
  type ToldByWorker,
} from '@support-chat/chat-data-access';
import type { Failure } from '@support-chat/contracts';
import { provideTestI18n } from '@support-chat/ui/testing';
import { Subject, firstValueFrom } from 'rxjs';
import { TestAlertsComponent } from './test-alerts.component';

const UNREACHABLE: Failure = {
  code: 'unreachable',
  status: 0,
  requestId: null,
  retryAfterSeconds: null,
  errors: [],
};
const OPERATION = 'focusLastFocusedOrOpen';

describe('the test of alerts', () => {
  const state = signal<PushState>('on');
  const test = jest.fn((): Promise<PushTestResult> => Promise.resolve('taken'));
  const tryOut = jest.fn(() => Promise.resolve(true));
  const told$ = new Subject<ToldByWorker>();
  let fixture: ComponentFixture<TestAlertsComponent>;

  beforeEach(async () => {
    jest.clearAllMocks();
    state.set('on');
    TestBed.configureTestingModule({
      providers: [
        provideTestI18n(),
        { provide: PushDevice, useValue: { state, test } },
        { provide: PushWorker, useValue: { told$ } },
        { provide: AlertSound, useValue: { tryOut } },
      ],
    });
    fixture = TestBed.createComponent(TestAlertsComponent);
    await wanted({ sound: true, push: true });
  });

  async function wanted({ sound, push }: { sound: boolean; push: boolean }): Promise<void> {
    fixture.componentRef.setInput('hasSound', sound);
    fixture.componentRef.setInput('hasPush', push);
    await fixture.whenStable();
  }

  const page = () => fixture.nativeElement as HTMLElement;
  const button = () => page().querySelector('button');
  const words = () => page().querySelector('[role=status]')?.textContent;

  async function press(): Promise<void> {
    button()?.click();
    await fixture.whenStable();
  }

  /** The next test of the device ends when it is told to, with that result. */
  function answerLater() {
    const answers = new Subject<PushTestResult>();
    const answered = firstValueFrom(answers);
    test.mockReturnValueOnce(answered);
    return async (result: PushTestResult) => {
      answers.next(result);
      await answered;
      await fixture.whenStable();
    };
  }

  /** Angular's worker tells of a push that came. */
  async function comes(tag: string): Promise<void> {
    const data = { onActionClick: { default: { operation: OPERATION, url: '/contact' } } } as const;
    const notification = { title: 'A test', body: '', tag, renotify: true, data } as const;
    told$.next({ type: 'PUSH', data: { notification } });
    await fixture.whenStable();
  }

  it('ux-42 ux-44 plays the sound, and follows a real push until it arrives', async () => {
    const answer = answerLater();
    await press();
    await press();
    expect(tryOut).toHaveBeenCalledTimes(1);
    expect(test).toHaveBeenCalledTimes(1);
    expect(words()).toContain('A push is on its way');
    expect(button()?.getAttribute('aria-disabled')).toBe('true');

    await answer('taken');
    expect(words()).toContain('The push service has taken it');
    expect(button()?.getAttribute('aria-disabled')).toBe('false');
    await comes('conversation-7');
    expect(words()).toContain('The push service has taken it');
    await comes('test');
    expect(words()).toContain('It has arrived on this device');
  });

  it('ux-44 a push may arrive before the answer that it was taken', async () => {
    const answer = answerLater();
    await press();
    await comes('test');
    expect(words()).toContain('It has arrived on this device');
    await answer('taken');
    expect(words()).toContain('It has arrived on this device');
  });

  it('ux-51 a push that comes late does not hide that the next one failed', async () => {
    const answer = answerLater();
    await press();
    await comes('test');
    await answer('gone');
    expect(words()).toContain('Turn pushes on again');
  });

  it.each<[PushTestResult, string]>([
    ['gone', 'Turn pushes on again'],
    [{ ...UNREACHABLE, code: 'unavailable', status: 503 }, 'The push could not be handed'],
    [{ ...UNREACHABLE, code: 'rate_limited', status: 429, retryAfterSeconds: 9 }, '9 seconds'],
    [UNREACHABLE, 'The server cannot be reached'],
    ['browser', 'The browser could not'],
  ])('ux-51 says why it failed: %j', async (result, reason) => {
    test.mockResolvedValueOnce(result);
    await press();
    expect(words()).toContain(reason);
    await comes('test');
    expect(words()).toContain(reason);
  });

  it('ux-42 says that the browser played nothing, where the sound is all there is', async () => {
    state.set('off');
    tryOut.mockResolvedValueOnce(false);
    await press();
    expect(words()).toContain('The browser did not play the sound');
  });

  it('asks for no push where none are on, and says what it did', async () => {
    state.set('off');
    await press();
    expect(words()).toContain('Did you notice?');
    expect(tryOut).toHaveBeenCalledTimes(1);
    state.set('on');
    await wanted({ sound: false, push: false });
    await press();
    expect(words()).toContain('Nothing is on');
    expect(tryOut).toHaveBeenCalledTimes(1);
    expect(test).not.toHaveBeenCalled();
  });
});

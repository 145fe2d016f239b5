import { type WritableSignal, signal } from '@angular/core';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { LIMITS } from '@support-chat/contracts';
import { provideTestI18n } from '../i18n/provide-test-i18n';
import { ComposerComponent } from './composer.component';

let isTouch = false;
let fixture: ComponentFixture<ComposerComponent>;
let sent: string[];
let draft: WritableSignal<string>;

const host = () => fixture.nativeElement as HTMLElement;
function field(): HTMLTextAreaElement {
  const found = host().querySelector('textarea');
  if (!found) throw new Error('no field');
  return found;
}

async function type(text: string): Promise<void> {
  field().value = text;
  field().dispatchEvent(new Event('input'));
  await fixture.whenStable();
}

function press(key: string, more: KeyboardEventInit = {}): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { key, cancelable: true, bubbles: true, ...more });
  field().dispatchEvent(event);
  return event;
}

describe('composer', () => {
  beforeEach(async () => {
    isTouch = false;
    // jsdom has no media queries.
    window.matchMedia = (query) => ({ matches: isTouch, media: query }) as MediaQueryList;
    TestBed.configureTestingModule({ providers: [provideTestI18n()] });
    fixture = TestBed.createComponent(ComposerComponent);
    draft = signal('');
    fixture.componentRef.setInput('draft', draft);
    sent = [];
    fixture.componentInstance.send.subscribe((text) => sent.push(text));
    await fixture.whenStable();
  });

  it('ux-31 sends by Enter, without white space around the text', async () => {
    await type('  hello \n');
    expect(press('Enter').defaultPrevented).toBe(true);
    expect(sent).toEqual(['hello']);
  });

  it('ux-32 leaves the text until its owner takes it away', async () => {
    await type('hello');
    press('Enter');
    expect(field().value).toBe('hello');
    expect(draft()).toBe('hello');
  });

  it('is empty at once when its owner takes the text, however fast it was written and sent', async () => {
    fixture.componentInstance.send.subscribe(() => {
      draft.set('');
    });
    field().value = 'hello';
    field().dispatchEvent(new Event('input'));
    press('Enter');
    await fixture.whenStable();
    expect(sent).toEqual(['hello']);
    expect(field().value).toBe('');
  });

  it('ux-31 breaks the line by Shift+Enter', async () => {
    await type('hello');
    expect(press('Enter', { shiftKey: true }).defaultPrevented).toBe(false);
    expect(sent).toEqual([]);
  });

  it('ux-31 breaks the line by Enter on touch screens', async () => {
    isTouch = true;
    await type('hello');
    expect(press('Enter').defaultPrevented).toBe(false);
    expect(sent).toEqual([]);
  });

  it.each([{ isComposing: true }, { keyCode: 229 }])(
    'ux-31 never sends while an input method composes (%j)',
    async (composing) => {
      await type('にほん');
      press('Enter', composing);
      expect(sent).toEqual([]);
    },
  );

  it('sends nothing that is only white space', async () => {
    await type(' \n\t ');
    press('Enter');
    host().querySelector('button')?.click();
    expect(sent).toEqual([]);
    expect(host().querySelector('button')?.getAttribute('aria-disabled')).toBe('true');
  });

  it('ux-39 counts what is left in characters as people see the limit, not in UTF-16', async () => {
    await type('😀'.repeat(LIMITS.messageMaxLength - 1));
    expect(host().querySelector('.help')?.textContent.trim()).toBe('1 character left');
    press('Enter');
    expect(sent).toHaveLength(1);
  });

  it('ux-39 says by how much a text is too long, once aloud, and does not send it', async () => {
    await type('x'.repeat(LIMITS.messageMaxLength + 2));
    expect(host().querySelector('.help')?.textContent).toContain('2 characters too many');
    expect(host().querySelector('[role=alert]')?.textContent.trim()).toBe(
      'The message is too long to be sent.',
    );
    expect(field().getAttribute('aria-invalid')).toBe('true');
    press('Enter');
    expect(sent).toEqual([]);
    await type('x');
    expect(host().querySelector('[role=alert]')?.textContent.trim()).toBe('');
  });

  it('ux-61 leads to the messages by arrow up, but only out of an empty field', async () => {
    let left = 0;
    fixture.componentInstance.leave.subscribe(() => (left += 1));
    press('ArrowUp');
    await type('a');
    press('ArrowUp');
    expect(left).toBe(1);
  });

  it('ux-54 keeps the focus in the field when the button is pressed', async () => {
    document.body.append(host());
    await type('hello');
    field().focus();
    const down = new MouseEvent('mousedown', { cancelable: true, bubbles: true });
    host().querySelector('button')?.dispatchEvent(down);
    expect(down.defaultPrevented).toBe(true);
  });

  it('ux-21 tells of every key that writes, and of none that empties the field', async () => {
    let written = 0;
    fixture.componentInstance.write.subscribe(() => (written += 1));
    await type('H');
    await type('Hi');
    await type('  ');
    await type('');
    expect(written).toBe(2);
  });
});

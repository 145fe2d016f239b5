import { LiveAnnouncer } from '@angular/cdk/a11y';
import { TestBed } from '@angular/core/testing';
import { jest } from '@jest/globals';
import type { TimelineItem } from '@support-chat/chat-data-access';
import { provideTestI18n } from '@support-chat/ui/testing';
import { buildDays } from '../rows/build-days';
import { AMIR, FAILURE, MONA, outgoingItem, storedItem } from '../testing/fake-conversation.store';
import { DOCUMENT, PICTURE } from '../testing/fake-uploads';
import { ThreadAnnouncer } from './thread-announcer';

let spoken: [string, string][];
let announcer: ThreadAnnouncer;

function follow(...timeline: TimelineItem[]): void {
  const days = buildDays({
    timeline,
    viewer: MONA,
    firstUnreadSeq: null,
    failureWords: ({ code }) => code,
  });
  announcer.follow(days.flatMap(({ rows }) => rows).filter((row) => row.kind === 'message'));
}

const later = (): void => {
  jest.advanceTimersByTime(1_000);
};

describe('ux-59 announcements', () => {
  beforeEach(() => {
    jest.useFakeTimers();
    spoken = [];
    const live = {
      announce: (words: string, politeness: string) => {
        spoken.push([words, politeness]);
        return Promise.resolve();
      },
    };
    TestBed.configureTestingModule({
      providers: [provideTestI18n(), ThreadAnnouncer, { provide: LiveAnnouncer, useValue: live }],
    });
    announcer = TestBed.inject(ThreadAnnouncer);
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  it('read out no history: neither what was there nor what is loaded before it', () => {
    follow(storedItem(5, AMIR));
    follow(storedItem(4, AMIR), storedItem(5, AMIR));
    later();
    expect(spoken).toEqual([]);
  });

  it('name who wrote what, politely and once', () => {
    follow(storedItem(1, AMIR));
    follow(storedItem(1, AMIR), storedItem(2, AMIR));
    follow(storedItem(1, AMIR), storedItem(2, AMIR, { status: 'read' }));
    later();
    later();
    expect(spoken).toEqual([['Amir: text 2', 'polite']]);
  });

  it('merge a burst into one number', () => {
    follow();
    follow(storedItem(1, AMIR));
    follow(storedItem(1, AMIR), storedItem(2, AMIR), storedItem(3, AMIR));
    later();
    expect(spoken).toEqual([['3 new messages', 'polite']]);
  });

  it('say "Sent" when an own message has arrived, and not again when it is read', () => {
    follow(outgoingItem('a'));
    const arrived = { ...storedItem(1, MONA), key: 'a' };
    follow(arrived);
    follow({ ...storedItem(1, MONA, { status: 'read' }), key: 'a' });
    later();
    expect(spoken).toEqual([['Sent', 'polite']]);
  });

  it('tell a failure at once, with its text', () => {
    follow(outgoingItem('a'));
    follow(outgoingItem('a', { state: 'failed', failure: FAILURE }));
    expect(spoken).toEqual([['Message not sent: outgoing a', 'assertive']]);
  });

  it('cut a long message short', () => {
    follow();
    follow(storedItem(1, AMIR, { content: 'x'.repeat(500) }));
    later();
    expect(spoken).toEqual([[`Amir: ${'x'.repeat(200)}`, 'polite']]);
  });

  it('ux-23 name the file a message carries', () => {
    follow();
    follow(storedItem(1, AMIR, { content: 'look', attachment: PICTURE }));
    later();
    follow(storedItem(2, AMIR, { content: '', attachment: DOCUMENT }));
    later();
    expect(spoken.map(([words]) => words)).toEqual([
      'Amir: Image: photo.jpg. look',
      'Amir: File: notes.pdf',
    ]);
  });

  it('stay silent for own messages from another device', () => {
    follow(storedItem(1, AMIR));
    follow(storedItem(1, AMIR), storedItem(2, MONA));
    later();
    expect(spoken).toEqual([]);
  });

  it('ux-21 say who writes once, until everybody has stopped', () => {
    announcer.followTyping([]);
    announcer.followTyping(['Amir']);
    announcer.followTyping(['Amir']);
    announcer.followTyping(['Amir', 'Sara']);
    announcer.followTyping([]);
    announcer.followTyping(['Sara']);
    expect(spoken).toEqual([
      ['Amir is typing…', 'polite'],
      ['Sara is typing…', 'polite'],
    ]);
  });
});

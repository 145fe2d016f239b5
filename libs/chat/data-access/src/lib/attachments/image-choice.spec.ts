import type { WritableSignal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { ADMIN, USER, chatTestBed } from '../testing/chat-test-bed';
import type { Viewer } from '../viewer';
import { ImageChoice } from './image-choice';

describe('ImageChoice', () => {
  const open = (): { viewer: WritableSignal<Viewer | null>; choice: ImageChoice } => ({
    viewer: chatTestBed().viewer,
    choice: TestBed.inject(ImageChoice),
  });

  beforeEach(() => {
    localStorage.clear();
  });

  it('ux-33 images go as they are until the person chooses, who is remembered on this device', () => {
    expect(open().choice.isSmaller()).toBe(false);
    open().choice.choose(true);
    const { choice } = open();
    expect(choice.isSmaller()).toBe(true);
    choice.choose(false);
    expect([choice.isSmaller(), open().choice.isSmaller()]).toEqual([false, false]);
  });

  it("is each person's own", () => {
    const { viewer, choice } = open();
    choice.choose(true);
    viewer.set(ADMIN);
    expect(choice.isSmaller()).toBe(false);
    viewer.set(USER);
    expect(choice.isSmaller()).toBe(true);
  });
});

import { Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { By } from '@angular/platform-browser';
import { FileDropDirective } from './file-drop.directive';

@Component({
  imports: [FileDropDirective],
  template: '<div scFileDrop (files)="taken.push($event)"><textarea></textarea></div>',
})
class HostComponent {
  readonly taken: (readonly File[])[] = [];
}

const FILE = new File(['x'], 'a.png', { type: 'image/png' });

/** jsdom has neither drag events nor transfers. */
function event(type: string, types: string[], more: object = {}): Event {
  const item = { getAsFile: () => FILE, webkitGetAsEntry: () => null };
  const transfer = { types, items: [item], files: [FILE], dropEffect: 'copy', ...more };
  const made = new Event(type, { bubbles: true, cancelable: true });
  return Object.assign(made, { dataTransfer: transfer, clipboardData: transfer });
}

describe('FileDropDirective', () => {
  let taken: (readonly File[])[];
  let area: HTMLElement;
  let drop: FileDropDirective;

  beforeEach(async () => {
    const fixture = TestBed.createComponent(HostComponent);
    await fixture.whenStable();
    const page = fixture.nativeElement as HTMLElement;
    document.body.append(page);
    area = page.querySelector('textarea') ?? page;
    drop = fixture.debugElement
      .query(By.directive(FileDropDirective))
      .injector.get(FileDropDirective);
    ({ taken } = fixture.componentInstance);
  });

  it('ux-33 shows that files may be dropped, and takes them', () => {
    area.dispatchEvent(event('dragenter', ['Files']));
    expect(drop.isOver()).toBe(true);
    area.dispatchEvent(Object.assign(event('dragleave', ['Files']), { relatedTarget: area }));
    expect(drop.isOver()).toBe(true);
    const dropped = event('drop', ['Files']);
    area.dispatchEvent(dropped);
    expect([drop.isOver(), dropped.defaultPrevented, taken]).toEqual([false, true, [[FILE]]]);
  });

  it('leaves dragged text to the field', () => {
    const dropped = event('drop', ['text/plain']);
    area.dispatchEvent(event('dragenter', ['text/plain']));
    area.dispatchEvent(dropped);
    expect([drop.isOver(), dropped.defaultPrevented, taken]).toEqual([false, false, []]);
  });

  it('hands on a folder as an empty file of its name, to be refused in words', () => {
    const folder = {
      getAsFile: () => FILE,
      webkitGetAsEntry: () => ({ isDirectory: true, name: 'F' }),
    };
    area.dispatchEvent(event('drop', ['Files'], { items: [folder] }));
    expect(taken[0]?.map(({ name, size }) => [name, size])).toEqual([['F', 0]]);
  });

  it('does not let the browser leave the page for a file dropped elsewhere', () => {
    const over = event('dragover', ['Files']);
    const dropped = event('drop', ['Files']);
    document.body.dispatchEvent(over);
    document.body.dispatchEvent(dropped);
    expect([over.defaultPrevented, dropped.defaultPrevented, taken]).toEqual([true, true, []]);
    expect((over as DragEvent).dataTransfer?.dropEffect).toBe('none');
  });

  it.each([
    ['a screenshot', ['Files']],
    ['a file with its name, as a file manager copies it', ['text/plain', 'Files']],
    ['an image with its source, as a browser copies it', ['text/html', 'Files']],
  ])('ux-33 takes what is pasted as a file: %s', (_, types) => {
    const pasted = event('paste', types);
    area.dispatchEvent(pasted);
    expect([pasted.defaultPrevented, taken]).toEqual([true, [[FILE]]]);
  });

  it.each([
    ['cells of a spreadsheet', ['text/plain', 'text/html', 'Files']],
    ['words of a word processor', ['text/plain', 'text/rtf', 'Files']],
  ])('ux-33 leaves to the field what is text and also comes as a picture: %s', (_, types) => {
    const pasted = event('paste', types);
    area.dispatchEvent(pasted);
    expect([pasted.defaultPrevented, taken]).toEqual([false, []]);
  });
});

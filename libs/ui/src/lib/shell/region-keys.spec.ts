import { TestBed } from '@angular/core/testing';
import { RegionKeys } from './region-keys';

describe('RegionKeys', () => {
  const press = (shiftKey = false) => {
    const event = new KeyboardEvent('keydown', { key: 'F6', shiftKey, bubbles: true });
    (document.activeElement ?? document).dispatchEvent(event);
    return document.activeElement?.id;
  };

  beforeEach(() => {
    document.body.innerHTML = `
      <header data-region><a id="name" href="/">name</a><button>menu</button></header>
      <div data-region><p>nothing to focus</p><button disabled>no</button></div>
      <div data-region><p tabindex="-1">old</p><p id="message" tabindex="0">new</p></div>
      <div data-region><textarea id="field"></textarea></div>`;
    TestBed.inject(RegionKeys);
  });

  it('ux-61 goes round the regions, past those with nothing in them', () => {
    expect([press(), press(), press(), press()]).toEqual(['name', 'message', 'field', 'name']);
  });

  it('ux-61 goes back with Shift, from anywhere in a region', () => {
    expect(press(true)).toBe('field');
    expect(press(true)).toBe('message');
    document.querySelector<HTMLElement>('header button')?.focus();
    expect(press(true)).toBe('field');
  });
});

import { TestBed } from '@angular/core/testing';
import { Theme } from './theme';

describe('Theme', () => {
  const root = document.documentElement;
  const bars = () => document.querySelectorAll('meta[name=theme-color]');

  beforeEach(() => {
    localStorage.clear();
    TestBed.inject(Theme).use('system');
    localStorage.clear();
  });

  it('ux-52 follows the system until a look is chosen', () => {
    TestBed.inject(Theme).start();
    expect(root.dataset['theme']).toBeUndefined();
    expect(TestBed.inject(Theme).choice()).toBe('system');
    expect(bars()).toHaveLength(0);
  });

  it('ux-52 remembers the chosen look, and goes back to the system', () => {
    TestBed.inject(Theme).use('dark');
    expect(root.dataset['theme']).toBe('dark');
    expect(bars()).toHaveLength(1);
    TestBed.resetTestingModule();
    TestBed.inject(Theme).start();
    expect(TestBed.inject(Theme).choice()).toBe('dark');
    expect(root.dataset['theme']).toBe('dark');
  });

  it('ignores a remembered look that does not exist', () => {
    localStorage.setItem('sc.theme', 'sepia');
    TestBed.inject(Theme).start();
    expect(TestBed.inject(Theme).choice()).toBe('system');
  });
});

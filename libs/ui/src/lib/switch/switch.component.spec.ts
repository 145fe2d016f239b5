import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { SwitchComponent } from './switch.component';

describe('SwitchComponent', () => {
  let fixture: ComponentFixture<SwitchComponent>;
  let box: HTMLInputElement;
  const wanted: boolean[] = [];

  beforeEach(async () => {
    wanted.length = 0;
    fixture = TestBed.createComponent(SwitchComponent);
    fixture.componentRef.setInput('label', 'Sound');
    fixture.componentRef.setInput('hint', 'For new messages.');
    fixture.componentRef.setInput('isOn', true);
    fixture.componentInstance.wanted.subscribe((isOn) => wanted.push(isOn));
    await fixture.whenStable();
    const found = (fixture.nativeElement as HTMLElement).querySelector('input');
    if (!found) throw new Error('no switch');
    box = found;
  });

  it('is a switch with its name, and says what it does', () => {
    expect(box.getAttribute('role')).toBe('switch');
    expect(box.labels?.[0]?.textContent.trim()).toBe('Sound');
    const hint = document.getElementById(box.getAttribute('aria-describedby') ?? '');
    expect(hint?.textContent).toBe('For new messages.');
  });

  it('asks for the other position, and goes back unless it is so', async () => {
    box.click();
    await fixture.whenStable();
    expect(wanted).toEqual([false]);
    expect(box.checked).toBe(true);
    box.click();
    fixture.componentRef.setInput('isOn', false);
    await fixture.whenStable();
    expect(box.checked).toBe(false);
  });

  it('cannot be moved where there is nothing to choose', async () => {
    fixture.componentRef.setInput('isDisabled', true);
    await fixture.whenStable();
    box.click();
    expect(wanted).toEqual([]);
  });
});

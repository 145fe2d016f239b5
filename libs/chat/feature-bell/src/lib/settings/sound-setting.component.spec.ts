import { jest } from '@jest/globals';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { AlertSound } from '@support-chat/chat-data-access';
import { provideTestI18n } from '@support-chat/ui/testing';
import { SoundSettingComponent } from './sound-setting.component';

describe('the setting of the sound', () => {
  const heard: (string | null)[] = [];
  /** What is kept by the time the sound is played. */
  const tryOut = jest.fn(() => {
    heard.push(localStorage.getItem('sc.sound.tone'), localStorage.getItem('sc.sound.volume'));
    return Promise.resolve(true);
  });
  let fixture: ComponentFixture<SoundSettingComponent>;
  const page = () => fixture.nativeElement as HTMLElement;

  const show = async (isOn: boolean) => {
    TestBed.resetTestingModule();
    TestBed.configureTestingModule({
      providers: [provideTestI18n(), { provide: AlertSound, useValue: { tryOut } }],
    });
    fixture = TestBed.createComponent(SoundSettingComponent);
    fixture.componentRef.setInput('isOn', isOn);
    await fixture.whenStable();
  };

  function field(name: string): HTMLInputElement {
    const label = [...page().querySelectorAll('label')].find(({ textContent }) =>
      textContent.trim().startsWith(name),
    );
    if (!label?.control) throw new Error(`no field ${name}`);
    return label.control as HTMLInputElement;
  }

  const fill = async (name: string, value: string) => {
    const control = field(name);
    control.value = value;
    control.dispatchEvent(new Event('change'));
    await fixture.whenStable();
  };

  beforeEach(() => {
    localStorage.clear();
    heard.length = 0;
    tryOut.mockClear();
  });

  it('ux-42 each choice of tone and volume is kept on this device, and heard', async () => {
    await show(true);
    const volume = field('Volume');
    expect([volume.value, volume.getAttribute('aria-valuetext')]).toEqual(['3', '60%']);
    expect(field('Tone').value).toBe('chime');
    expect(tryOut).not.toHaveBeenCalled();

    await fill('Volume', '5');
    expect(heard.splice(0)).toEqual([null, '5']);
    expect(volume.getAttribute('aria-valuetext')).toBe('100%');
    await fill('Tone', 'drop');
    expect(heard).toEqual(['drop', '5']);

    await show(true);
    expect([field('Tone').value, field('Volume').value]).toEqual(['drop', '5']);
  });

  it('ux-42 there is nothing to choose where the sound is off', async () => {
    await show(false);
    expect(page().querySelector('select, input[type=range]')).toBeNull();
    const wanted: boolean[] = [];
    fixture.componentInstance.wanted.subscribe((isOn) => wanted.push(isOn));
    page().querySelector<HTMLInputElement>('input[role=switch]')?.click();
    expect(wanted).toEqual([true]);
    fixture.componentRef.setInput('isOn', true);
    await fixture.whenStable();
    expect(field('Tone').value).toBe('chime');
  });
});

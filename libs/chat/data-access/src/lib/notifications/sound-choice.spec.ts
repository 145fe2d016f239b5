import { TestBed } from '@angular/core/testing';
import { SoundChoice } from './sound-choice';

describe('SoundChoice', () => {
  const reload = () => {
    TestBed.resetTestingModule();
    const choice = TestBed.inject(SoundChoice);
    return [choice.tone(), choice.volume()];
  };

  beforeEach(() => {
    localStorage.clear();
  });

  it('ux-42 is remembered on this device', () => {
    expect(reload()).toEqual(['chime', 3]);
    TestBed.inject(SoundChoice).chooseTone('drop');
    TestBed.inject(SoundChoice).chooseVolume(5);
    expect(reload()).toEqual(['drop', 5]);
  });

  it('begins anew where what is kept means nothing', () => {
    for (const kept of ['', '0', '6', '2.5', 'loud']) {
      localStorage.setItem('sc.sound.tone', kept);
      localStorage.setItem('sc.sound.volume', kept);
      expect(reload()).toEqual(['chime', 3]);
    }
  });
});

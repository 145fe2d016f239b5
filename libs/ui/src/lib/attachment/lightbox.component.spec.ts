import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { I18n } from '../i18n/i18n';
import { provideTestI18n } from '../i18n/provide-test-i18n';
import { LightboxComponent } from './lightbox.component';

describe('lightbox', () => {
  let fixture: ComponentFixture<LightboxComponent>;
  let steps: number[];
  const host = () => fixture.nativeElement as HTMLElement;
  const find = (selector: string): HTMLElement => {
    const found = host().querySelector<HTMLElement>(selector);
    if (!found) throw new Error(`no ${selector}`);
    return found;
  };
  const scaleOf = () => Number(/scale\(([\d.]+)\)/u.exec(find('img').style.transform)?.[1]);

  async function press(...keys: string[]): Promise<void> {
    for (const key of keys) {
      find('dialog').dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    }
    await fixture.whenStable();
  }

  function point(type: string, pointerId: number, clientX: number, clientY = 0): void {
    const event = new MouseEvent(type, { clientX, clientY, bubbles: true });
    find('.stage').dispatchEvent(Object.assign(event, { pointerId }));
  }

  beforeEach(async () => {
    Element.prototype.setPointerCapture = () => undefined;
    // jsdom lays nothing out.
    Element.prototype.getBoundingClientRect = () => new DOMRect(0, 0, 1000, 500);
    TestBed.configureTestingModule({ providers: [provideTestI18n()] });
    fixture = TestBed.createComponent(LightboxComponent);
    fixture.componentRef.setInput('name', 'one.png');
    fixture.componentRef.setInput('url', 'blob:one');
    fixture.componentRef.setInput('index', 1);
    fixture.componentRef.setInput('count', 3);
    steps = [];
    fixture.componentInstance.indexChange.subscribe((index) => steps.push(index));
    await fixture.whenStable();
  });

  it('is a dialog named after its image, which says where in the row it is', () => {
    expect(find('dialog').hasAttribute('open')).toBe(true);
    expect(find('dialog').getAttribute('aria-label')).toBe('Image one.png');
    expect(find('.place').textContent.trim()).toBe('2 of 3');
    expect(find('img').getAttribute('alt')).toBe('one.png');
  });

  it('ux-23 zooms by keys, and goes back to all of it', async () => {
    await press('+', '+');
    expect(scaleOf()).toBeCloseTo(2.25);
    await press('-');
    expect(scaleOf()).toBeCloseTo(1.5);
    await press('0');
    expect(scaleOf()).toBe(1);
  });

  it('ux-23 arrows lead to the next image while all of it fits, and pan when it does not', async () => {
    await press('ArrowRight', 'ArrowLeft');
    expect(steps).toEqual([2, 0]);
    await press('+', 'ArrowRight');
    expect(steps).toHaveLength(2);
    expect(find('img').style.transform).toContain('translate(-80px, 0px)');
  });

  it('ux-57 the next image is to the left where one reads from the right', async () => {
    await TestBed.inject(I18n).use('ar');
    await press('ArrowLeft');
    expect(steps).toEqual([2]);
  });

  it('ux-65 two fingers zoom, one pans, a swipe leads on', async () => {
    point('pointerdown', 1, 500);
    point('pointermove', 1, 400);
    point('pointerup', 1, 400);
    expect(steps).toEqual([2]);

    point('pointerdown', 1, 400);
    point('pointerdown', 2, 600);
    point('pointermove', 2, 800);
    point('pointerup', 2, 800);
    point('pointerup', 1, 400);
    await fixture.whenStable();
    expect(scaleOf()).toBe(2);
    expect(steps).toEqual([2]);
  });

  it('starts anew with each image', async () => {
    await press('+');
    fixture.componentRef.setInput('index', 2);
    await fixture.whenStable();
    expect(scaleOf()).toBe(1);
  });

  it('says what is wrong instead of an image', async () => {
    fixture.componentRef.setInput('failure', 'The server cannot be reached.');
    await fixture.whenStable();
    expect(find('[role=alert]').textContent).toBe('The server cannot be reached.');
    expect(host().querySelector('img')).toBeNull();
  });

  it('closes by Escape and by its button', () => {
    let closed = 0;
    fixture.componentInstance.closed.subscribe(() => (closed += 1));
    find('dialog').dispatchEvent(new Event('cancel', { cancelable: true }));
    find('button[aria-label="Close"]').click();
    expect(closed).toBe(2);
  });
});

import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { provideTestI18n } from '../i18n/provide-test-i18n';
import { UploadTrayComponent } from './upload-tray.component';
import type { UploadView } from './upload-view';

const view = (id: string, more: Partial<UploadView> = {}): UploadView => ({
  id,
  name: `${id}.pdf`,
  icon: 'file',
  preview: null,
  state: 'ready',
  progress: 1,
  detail: '12 kB',
  ...more,
});

describe('upload tray', () => {
  let fixture: ComponentFixture<UploadTrayComponent>;
  const host = () => fixture.nativeElement as HTMLElement;
  const button = (name: string) =>
    host().querySelector<HTMLButtonElement>(`button[aria-label="${name}"]`);

  async function show(...uploads: UploadView[]): Promise<void> {
    TestBed.configureTestingModule({ providers: [provideTestI18n()] });
    fixture = TestBed.createComponent(UploadTrayComponent);
    fixture.componentRef.setInput('uploads', uploads);
    document.body.append(host());
    await fixture.whenStable();
  }

  afterEach(() => {
    host().remove();
  });

  it('ux-33 shows a preview, the progress of what is under way, and names what each button does', async () => {
    await show(
      view('a', { preview: 'blob:a' }),
      view('b', { state: 'uploading', progress: 0.25 }),
      view('c', { state: 'failed', detail: 'The server cannot be reached.' }),
    );
    expect(host().querySelector('img')?.getAttribute('src')).toBe('blob:a');
    const progress = host().querySelector('progress');
    expect([progress?.getAttribute('aria-label'), progress?.value]).toEqual([
      'Uploading b.pdf',
      0.25,
    ]);
    expect(button('Remove a.pdf')).not.toBeNull();
    expect(button('Cancel the upload of b.pdf')).not.toBeNull();
    expect(host().textContent).toContain('The server cannot be reached.');
    const retried: string[] = [];
    fixture.componentInstance.retried.subscribe((id) => retried.push(id));
    button('Upload c.pdf again')?.click();
    expect(retried).toEqual(['c']);
  });

  it('shows an icon where the browser cannot show the image', async () => {
    await show(view('a', { preview: 'blob:a' }));
    host().querySelector('img')?.dispatchEvent(new Event('error'));
    await fixture.whenStable();
    expect(host().querySelector('img')).toBeNull();
    expect(host().querySelector('.look sc-icon')).not.toBeNull();
  });

  it('ux-62 hands the focus on to the next file, at the end to its owner', async () => {
    await show(view('a'), view('b'));
    const told: string[] = [];
    fixture.componentInstance.removed.subscribe((id) => told.push(id));
    fixture.componentInstance.cleared.subscribe(() => told.push('cleared'));
    button('Remove a.pdf')?.click();
    expect(document.activeElement).toBe(button('Remove b.pdf'));
    expect(told).toEqual(['a']);
    fixture.componentRef.setInput('uploads', [view('b')]);
    await fixture.whenStable();
    button('Remove b.pdf')?.click();
    expect(told).toEqual(['a', 'b', 'cleared']);
  });
});

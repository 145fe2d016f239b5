import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { AttachmentApi, AttachmentFiles } from '@support-chat/chat-data-access/attachments';
import { provideTestI18n } from '@support-chat/ui/testing';
import { Observable, throwError } from 'rxjs';
import { PICTURE } from '../testing/fake-uploads';
import { ImageViewerComponent } from './image-viewer.component';

// jsdom has no modal dialogs and no object URLs.
HTMLDialogElement.prototype.showModal = () => undefined;
URL.createObjectURL = () => 'blob:image';
URL.revokeObjectURL = () => undefined;

describe('image viewer', () => {
  const viewer = signal({ id: 1 });
  let fetches = 0;

  async function show() {
    fetches = 0;
    const image = () =>
      new Observable<Blob>((subscriber) => {
        viewer(); // As the calls of the API do, for their token.
        fetches += 1;
        subscriber.next(new Blob(['x']));
      });
    const link = () => throwError(() => new Error('the line is cut'));
    TestBed.configureTestingModule({
      providers: [
        provideTestI18n(),
        { provide: AttachmentFiles, useValue: { image } },
        { provide: AttachmentApi, useValue: { link } },
      ],
    });
    const fixture = TestBed.createComponent(ImageViewerComponent);
    fixture.componentRef.setInput('images', [PICTURE, { ...PICTURE, id: 3, name: 'next.jpg' }]);
    fixture.componentRef.setInput('imageId', 1);
    await fixture.whenStable();
    return { fixture, page: fixture.nativeElement as HTMLElement };
  }

  it('says that a download failed beside the image, until another is looked at', async () => {
    const { fixture, page } = await show();
    const save = page.querySelector<HTMLElement>('[aria-label^="Download"]');
    expect(save).not.toBeNull();
    save?.click();
    await fixture.whenStable();
    expect(page.querySelector('[role=alert]')).not.toBeNull();
    expect(page.querySelector('img')).not.toBeNull();
    fixture.componentRef.setInput('imageId', 3);
    await fixture.whenStable();
    expect(page.querySelector('[role=alert]')).toBeNull();
    expect(page.querySelector('img')?.getAttribute('alt')).toBe('next.jpg');
  });

  it('fetches an image once, though the token of its viewer is renewed', async () => {
    const { fixture } = await show();
    viewer.set({ id: 1 });
    await fixture.whenStable();
    expect(fetches).toBe(1);
  });
});

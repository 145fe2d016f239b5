import {
  Component,
  ElementRef,
  afterNextRender,
  computed,
  inject,
  input,
  linkedSignal,
  output,
  viewChild,
} from '@angular/core';
import { I18n } from '../i18n/i18n';
import { IconComponent } from '../icon/icon.component';
import { FITTED, type PanZoom, type Size, panBy, zoomAt } from './pan-zoom';
import { PointerMoves } from './pointer-moves';

const ZOOM_STEP = 1.5;
const KEY_PAN_PX = 80;

/**
 * Images over the whole window, one at a time. Zoom by buttons, wheel, two fingers, double click or
 * + and -, pan by dragging or arrows; while all of it fits, arrows and swipes lead to the next image.
 * Open while it exists; Escape closes.
 */
@Component({
  selector: 'sc-lightbox',
  imports: [IconComponent],
  host: { '(keydown)': 'onKeydown($event)' },
  templateUrl: './lightbox.component.html',
  styleUrl: './lightbox.component.css',
})
export class LightboxComponent {
  protected readonly i18n = inject(I18n);
  private readonly dialog = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');
  private readonly stage = viewChild.required<ElementRef<HTMLElement>>('stage');

  readonly name = input.required<string>();
  /** Null while it is fetched. */
  readonly url = input.required<string | null>();
  /** What to say instead of showing it. */
  readonly failure = input('');
  /** What went wrong beside that. */
  readonly notice = input('');
  /** From 0. */
  readonly index = input.required<number>();
  readonly count = input.required<number>();
  readonly indexChange = output<number>();
  readonly closed = output();
  readonly downloaded = output();

  protected readonly view = linkedSignal<number, PanZoom>({
    source: this.index,
    computation: () => FITTED,
  });
  protected readonly isZoomed = computed(() => this.view().scale > 1);
  protected readonly transform = computed(() => {
    const { scale, x, y } = this.view();
    return `translate(${x}px, ${y}px) scale(${scale})`;
  });
  protected readonly percent = computed(() =>
    this.i18n.number(Math.round(this.view().scale * 100)),
  );
  protected readonly hasPrevious = computed(() => this.index() > 0);
  protected readonly hasNext = computed(() => this.index() < this.count() - 1);

  protected readonly pointers = new PointerMoves({
    pan: (x, y) => {
      if (this.isZoomed()) this.view.update((view) => panBy(view, x, y, this.size()));
    },
    pinch: (factor, at) => {
      this.zoom(factor, at);
    },
    swipe: (towardsRight) => {
      if (!this.isZoomed()) this.step(towardsRight === this.isRightToLeft() ? 1 : -1);
    },
  });

  constructor() {
    afterNextRender(() => {
      this.dialog().nativeElement.showModal();
    });
  }

  /** Closed before it goes, so that the browser gives the focus back to where it was. */
  protected close(): void {
    this.dialog().nativeElement.close();
    this.closed.emit();
  }

  protected step(by: 1 | -1): void {
    const index = this.index() + by;
    if (index >= 0 && index < this.count()) this.indexChange.emit(index);
  }

  protected zoomIn(): void {
    this.zoom(ZOOM_STEP);
  }

  protected zoomOut(): void {
    this.zoom(1 / ZOOM_STEP);
  }

  protected onWheel(event: WheelEvent): void {
    event.preventDefault();
    this.zoom(event.deltaY < 0 ? 1.15 : 1 / 1.15, event);
  }

  protected onDoubleClick(event: MouseEvent): void {
    if (this.isZoomed()) this.view.set(FITTED);
    else this.zoom(2.5, event);
  }

  protected onKeydown(event: KeyboardEvent): void {
    const act = this.actOf(event.key);
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  }

  private actOf(key: string): (() => void) | null {
    const pan = (x: number, y: number) => () => {
      this.view.update((view) => panBy(view, x * KEY_PAN_PX, y * KEY_PAN_PX, this.size()));
    };
    const turn = (towardsRight: boolean) => () => {
      this.step(towardsRight === this.isRightToLeft() ? -1 : 1);
    };
    switch (key) {
      case '+':
      case '=':
        return () => {
          this.zoomIn();
        };
      case '-':
        return () => {
          this.zoomOut();
        };
      case '0':
        return () => {
          this.view.set(FITTED);
        };
      case 'ArrowLeft':
        return this.isZoomed() ? pan(1, 0) : turn(false);
      case 'ArrowRight':
        return this.isZoomed() ? pan(-1, 0) : turn(true);
      case 'ArrowUp':
        return pan(0, 1);
      case 'ArrowDown':
        return pan(0, -1);
      default:
        return null;
    }
  }

  /** At a place of the window, else at its middle. */
  private zoom(factor: number, at?: { clientX: number; clientY: number }): void {
    const box = this.stage().nativeElement.getBoundingClientRect();
    const point = {
      x: at ? at.clientX - box.left - box.width / 2 : 0,
      y: at ? at.clientY - box.top - box.height / 2 : 0,
    };
    this.view.update((view) => zoomAt(view, factor, point, box));
  }

  private size(): Size {
    return this.stage().nativeElement.getBoundingClientRect();
  }

  private isRightToLeft(): boolean {
    return this.i18n.direction() === 'rtl';
  }
}

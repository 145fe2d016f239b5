import type { IconName } from '../icon/icon-paths';

/** One chosen file as it is to be shown. */
export interface UploadView {
  id: string;
  name: string;
  icon: IconName;
  /** URL of an image to show instead of the icon. */
  preview: string | null;
  state: 'waiting' | 'uploading' | 'ready' | 'failed' | 'refused';
  /** 0 to 1. */
  progress: number;
  /** Size, how far it is, or what is wrong, in words. */
  detail: string;
}

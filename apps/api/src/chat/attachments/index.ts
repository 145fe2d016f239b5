import { AttachmentAccess } from './access/attachment-access';
import { AttachmentAccessGuard } from './access/attachment-access.guard';
import { AttachmentLinks } from './access/attachment-links';
import { AttachmentCleaning } from './attachment-cleaning';
import { AttachmentCleaningJob } from './attachment-cleaning.job';
import { AttachmentsController } from './attachments.controller';
import { AttachmentsService } from './attachments.service';
import { DownloadsService } from './download/downloads.service';
import { ImageEncoder } from './images/image-encoder';
import { AttachmentPolicies } from './policy/attachment-policies';
import { AttachmentPolicyController } from './policy/attachment-policy.controller';
import { UnfinishedCleaning } from './unfinished-cleaning';
import { FilePreparation } from './uploads/file-preparation';
import { UploadLedger } from './uploads/upload-ledger';
import { UploadsController } from './uploads/uploads.controller';
import { UploadsService } from './uploads/uploads.service';

export { AttachmentCleaning } from './attachment-cleaning';
export { AttachmentPolicies } from './policy/attachment-policies';

export const ATTACHMENT_CONTROLLERS = [
  AttachmentPolicyController,
  AttachmentsController,
  UploadsController,
];

export const ATTACHMENT_PROVIDERS = [
  AttachmentAccess,
  AttachmentAccessGuard,
  AttachmentCleaning,
  AttachmentCleaningJob,
  AttachmentLinks,
  AttachmentPolicies,
  AttachmentsService,
  DownloadsService,
  FilePreparation,
  ImageEncoder,
  UnfinishedCleaning,
  UploadLedger,
  UploadsService,
];

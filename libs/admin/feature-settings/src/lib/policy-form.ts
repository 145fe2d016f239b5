import { type AttachmentPolicy, type AttachmentType, LIMITS } from '@support-chat/contracts';

const MEGABYTE = 1024 * 1024;

export const LEAST_MEGABYTES = 0.1;
export const MOST_MEGABYTES = LIMITS.attachmentBytesMax / MEGABYTE;

/** The policy as it is edited: the size is what somebody typed. */
export interface PolicyForm {
  isEnabled: boolean;
  types: ReadonlySet<AttachmentType>;
  megabytes: number;
}

export function formOf(policy: AttachmentPolicy): PolicyForm {
  return {
    isEnabled: policy.is_enabled,
    types: new Set(policy.allowed_types),
    megabytes: Math.max(LEAST_MEGABYTES, Math.round((policy.max_bytes / MEGABYTE) * 10) / 10),
  };
}

export function isSizeValid({ megabytes }: PolicyForm): boolean {
  return megabytes >= LEAST_MEGABYTES && megabytes <= MOST_MEGABYTES;
}

/** Files that are on, with no kind allowed, say two things at once. */
export function areTypesValid({ isEnabled, types }: PolicyForm): boolean {
  return !isEnabled || types.size > 0;
}

export function policyOf({ isEnabled, types, megabytes }: PolicyForm): AttachmentPolicy {
  return {
    is_enabled: isEnabled,
    allowed_types: [...types],
    max_bytes: Math.round(megabytes * MEGABYTE),
  };
}

import { getJestProjectsAsync } from '@nx/jest';

/** Gathers every project of the workspace that has tests. */
export default async () => ({ projects: await getJestProjectsAsync() });

import path from 'node:path';

/** True for a path with forward slashes that stays below the folder it is joined to, and out of git's own. */
export function isSafePath(file: string): boolean {
  if (file === '' || /[\\\0]/.test(file) || path.posix.isAbsolute(file) || file.endsWith('/')) return false;
  const normal = path.posix.normalize(file);
  const segments = file.split('/').map((segment) => segment.toLowerCase());
  return normal === file && segments[0] !== '..' && !segments.includes('.git');
}

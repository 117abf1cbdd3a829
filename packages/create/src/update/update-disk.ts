import { chmodSync, copyFileSync, mkdirSync, renameSync, rmSync, rmdirSync, writeFileSync } from 'node:fs';

/** The calls of an update that change the disk; a test replaces them by ones that fail. */
export interface UpdateDisk {
  /** Makes one folder; its parent is there. */
  readonly mkdir: (folder: string) => void;
  readonly writeFile: (file: string, contents: Buffer | string, mode?: number) => void;
  readonly copy: (from: string, to: string) => void;
  readonly chmod: (place: string, permissions: number) => void;
  readonly rename: (from: string, to: string) => void;
  readonly remove: (file: string) => void;
  /** Removes a folder that is empty. */
  readonly rmdir: (folder: string) => void;
  readonly removeTree: (folder: string) => void;
}

export const updateDisk: UpdateDisk = {
  mkdir: (folder) => {
    mkdirSync(folder);
  },
  writeFile: (file, contents, mode) => writeFileSync(file, contents, mode === undefined ? {} : { mode }),
  copy: copyFileSync,
  chmod: chmodSync,
  rename: renameSync,
  remove: (file) => rmSync(file),
  rmdir: rmdirSync,
  removeTree: (folder) => rmSync(folder, { recursive: true, force: true }),
};

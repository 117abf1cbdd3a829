import {
  chmodSync,
  copyFileSync,
  linkSync,
  mkdirSync,
  renameSync,
  rmSync,
  rmdirSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';

/** The calls of an update that change the disk; a test replaces them by ones that fail. */
export interface UpdateDisk {
  /** Makes one folder; its parent is there. */
  readonly mkdir: (folder: string) => void;
  readonly writeFile: (file: string, contents: Buffer | string, mode?: number) => void;
  /** Keeps what a file is now under another name, whatever takes its place later. */
  readonly keep: (from: string, to: string) => void;
  readonly copy: (from: string, to: string) => void;
  readonly chmod: (place: string, permissions: number) => void;
  readonly rename: (from: string, to: string) => void;
  readonly remove: (file: string) => void;
  /** Removes a folder that is empty. */
  readonly rmdir: (folder: string) => void;
  readonly removeTree: (folder: string) => void;
}

/** A second name costs no copy: the file itself is never written to, it is replaced by a rename. */
function keep(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    // Some disks have no second names.
    copyFileSync(from, to);
  }
}

export const updateDisk: UpdateDisk = {
  mkdir: (folder) => {
    mkdirSync(folder);
  },
  writeFile: (file, contents, mode) => writeFileSync(file, contents, mode === undefined ? {} : { mode }),
  keep,
  copy: copyFileSync,
  chmod: chmodSync,
  rename: renameSync,
  remove: unlinkSync,
  rmdir: rmdirSync,
  removeTree: (folder) => rmSync(folder, { recursive: true, force: true }),
};

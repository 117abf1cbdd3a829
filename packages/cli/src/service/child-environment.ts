// npm tells its children where they are. A second npm would believe it, and run the script of another package.
const ofNpm = /^(npm_|INIT_CWD$)/;

/** The environment a command of the service runs in: this process's own, without what the npm around it has set. */
export function childEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !ofNpm.test(name)));
}

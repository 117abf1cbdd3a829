import { answerNames, answersSchema, defaultOf, flagOf, type AnswerName } from '../answers/answers.ts';

/** What a run is told beside its answers. */
export interface RunFlags {
  /** A JSON file with answers. */
  answers?: string;
  /** A folder of packed packages. */
  vendor?: string;
  dryRun?: boolean;
  json?: boolean;
  schema?: boolean;
  version?: boolean;
}

export interface Flag {
  readonly key: AnswerName | keyof RunFlags;
  readonly isAnswer: boolean;
  /** What the flag means by standing there; undefined where it takes a value. */
  readonly value?: boolean;
}

const runFlags = [
  ['answers', 'answers', '…', 'a JSON file with answers; flags win over it'],
  [
    'vendor',
    'vendor',
    '…',
    'a folder of packed packages that the service carries; without it, it depends on published ones',
  ],
  ['dry-run', 'dryRun', '', 'show the plan, or how a service that is there differs from it; write nothing'],
  ['json', 'json', '', 'print plan and result as one JSON document, and ask nothing'],
  ['schema', 'schema', '', 'print the JSON Schema of the answers file'],
  ['version', 'version', '', 'print the version'],
] as const;

function flagsOfAnswer(key: AnswerName): (readonly [string, Flag])[] {
  const argument = flagOf(key).slice(2);
  if (typeof defaultOf(key) !== 'boolean') return [[argument, { key, isAnswer: true }]];
  return [
    [argument, { key, isAnswer: true, value: true }],
    [`no-${argument}`, { key, isAnswer: true, value: false }],
  ];
}

/** Every flag, by what stands after its two dashes. */
export const flags: ReadonlyMap<string, Flag> = new Map([
  ...answerNames.flatMap(flagsOfAnswer),
  ...runFlags.map(([argument, key, value]): [string, Flag] => [
    argument,
    { key, isAnswer: false, ...(value === '' ? { value: true } : {}) },
  ]),
]);

/** How a switch is named that changes an answer: `no-git` where it is on by itself. */
function argumentOf(name: AnswerName): string {
  return defaultOf(name) === true ? `no-${flagOf(name).slice(2)}` : flagOf(name).slice(2);
}

/** A line of the help for each flag: the flag, what it means, and its default. */
export function describeFlags(defaults: Readonly<Record<string, string | boolean>>): (readonly [string, string])[] {
  const answers = answerNames.map((name): [string, string] => {
    const { description = '' } = answersSchema.shape[name];
    const fallback = defaults[name] ?? defaultOf(name);
    if (typeof fallback === 'boolean')
      return [`--${argumentOf(name)}`, fallback ? `do not ${description}` : description];
    return [`--${argumentOf(name)}=…`, fallback === undefined ? description : `${description} [${fallback}]`];
  });
  const others = runFlags.map(([argument, , value, description]): [string, string] => [
    `--${argument}${value === '' ? '' : `=${value}`}`,
    description,
  ]);
  return [...answers, ...others, ['--help', 'print this list']];
}

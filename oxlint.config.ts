import { defineConfig } from 'oxlint';

// Who may import what, as docs/architecture.md says it. A package is named once, with the one room that may import it.
const packageRooms: Record<string, string[]> = {
  jsforce: ['src/salesforce'],
  handlebars: ['src/blueprint'],
  'node-forge': ['src/messaging/keys'],
  'eventsource-parser': ['src/messaging'],
  '@inquirer/prompts': ['src/terminal'],
  '@inquirer/core': ['src/terminal'],
  chalk: ['src/terminal'],
  ora: ['src/terminal'],
  execa: ['src/salesforce/auth'],
  open: ['src/terminal'],
  jose: ['src/salesforce/auth', 'src/messaging', 'src/local-org'],
  undici: ['src/salesforce'],
  fflate: ['src/salesforce', 'src/local-org'],
  'fast-xml-parser': ['src/salesforce', 'src/local-org'],
  hono: ['src/local-org', 'src/handoff'],
  '@hono/node-server': ['src/local-org', 'src/handoff'],
  '@apexdevtools/apex-parser': ['src/local-org'],
  '@jetstreamapp/soql-parser-js': ['src/local-org'],
  'node-diff3': ['src/provision'],
  nodemailer: ['src/local-org'],
  'postal-mime': ['src/local-org'],
  pg: ['src/handoff/store/postgres'],
  kysely: ['src/handoff/store/postgres'],
  commander: ['src/commands', 'src/program.ts'],
};

/** Rooms of src/ and the rooms each may import from; config, errors and its own room are open to all but local-org. */
const rooms: Record<string, string[]> = {
  'src/errors': [],
  'src/config': [],
  'src/terminal': [],
  'src/salesforce': [],
  'src/blueprint': [],
  'src/provision': ['blueprint', 'salesforce'],
  'src/diagnose': ['blueprint', 'salesforce', 'provision', 'messaging'],
  'src/messaging': ['blueprint', 'salesforce'],
  'src/handoff': ['blueprint', 'salesforce', 'messaging'],
  'src/local-org': [],
  'src/commands': ['blueprint', 'salesforce', 'provision', 'diagnose', 'messaging', 'handoff', 'terminal', 'commands'],
};
const allRooms = Object.keys(rooms).map((room) => room.slice('src/'.length));

type Restriction = ['error', { patterns: ({ message: string } & ({ group: string[] } | { regex: string }))[] }];

/** How deep folders go. Folders inside a room may have the name of another one: only the way up to src/ tells the two apart. */
const depths = [0, 1, 2, 3, 4, 5];

/** @param depth how many folders below the room a file lies */
function restrictions(room: string, allowedRooms: string[], depth: number): Restriction {
  const open = room === 'src/local-org' ? [] : ['config', 'errors'];
  const own = room.slice('src/'.length);
  const closed = allRooms.filter((name) => name !== own && !open.includes(name) && !allowedRooms.includes(name));
  const packages = Object.entries(packageRooms).filter(
    ([, homes]) => !homes.some((home) => home === room || home.startsWith(`${room}/`)),
  );
  return [
    'error',
    {
      patterns: [
        ...closed.map((name) => ({
          regex: String.raw`^(?:\.\./){${depth + 1}}${name}/`,
          message: `${room} may not import from src/${name}: see docs/architecture.md, "Who may call whom".`,
        })),
        ...packages.map(([name, homes]) => ({
          group: [name, `${name}/**`],
          message: `${name} is imported in ${homes.join(', ')} alone.`,
        })),
      ],
    },
  ];
}

export default defineConfig({
  options: { typeAware: true },
  plugins: ['typescript', 'import', 'unicorn', 'oxc', 'promise', 'node'],
  categories: { correctness: 'error', suspicious: 'error', perf: 'warn' },
  ignorePatterns: ['dist', 'coverage', 'node_modules', 'test/**/golden/**', 'docs'],
  rules: {
    'no-console': 'error',
    'no-await-in-loop': 'off',
    'no-shadow': 'off',
    'no-underscore-dangle': 'off',
    'import/no-cycle': 'error',
    'import/no-default-export': 'error',
    'typescript/no-explicit-any': 'error',
    'typescript/no-non-null-assertion': 'error',
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': 'error',
    'typescript/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    'typescript/no-unsafe-type-assertion': 'off',
    'typescript/consistent-return': 'off',
    'oxc/no-map-spread': 'off',
    'unicorn/no-process-exit': 'error',
    'unicorn/no-array-sort': 'off',
    'unicorn/no-array-reverse': 'off',
    'unicorn/consistent-function-scoping': 'off',
    'no-warning-comments': 'error',
    'node/no-process-env': 'error',
    'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
  },
  overrides: [
    ...Object.entries(rooms).flatMap(([room, allowed]) =>
      depths.map((depth) => ({
        files: [`${room}/${'*/'.repeat(depth)}*.ts`],
        rules: { 'no-restricted-imports': restrictions(room, allowed, depth) },
      })),
    ),
    {
      // The local org is met over HTTP; only these start it.
      files: ['src/commands/org/**', 'src/commands/target/local-org.ts'],
      rules: { 'no-restricted-imports': restrictions('src/commands', allRooms, 1) },
    },
    {
      files: ['*.config.ts', 'test/**', 'scripts/**'],
      rules: {
        'import/no-default-export': 'off',
        'node/no-process-env': 'off',
        'no-console': 'off',
        'max-lines': ['error', { max: 500 }],
      },
    },
    {
      files: ['bin/**', 'src/program.ts', 'src/terminal/**', 'src/commands/**'],
      rules: { 'node/no-process-env': 'off' },
    },
  ],
});

import { readdir, readFile } from 'node:fs/promises';
import { sep } from 'node:path';
import type { AppTemplateContext } from '../app/app-template-context.ts';
import type { MessagingTemplateContext } from '../messaging/messaging-template-context.ts';
import type { TemplateContext } from './template-context.ts';
import { templateHelpers } from './template-helpers.ts';
import { unguardedValues } from './unguarded-values.ts';

/** Beside `src/` and beside `dist/` alike. */
const templatesFolder = new URL('../../../templates/', import.meta.url);

/** What the templates of `app/` see, those of `messaging/`, or all others. */
type Context = TemplateContext | AppTemplateContext | MessagingTemplateContext;
type Renderer = (template: string, context: Context) => string;
let renderer: Promise<Renderer> | undefined;

/**
 * Renders a template of `templates/`, named by its path without `.hbs`, e.g. `triggers/case.trigger`.
 * @throws Error if a template prints a value without a helper, names an unknown setting, or does not exist.
 */
export async function renderTemplate(template: string, context: Context): Promise<string> {
  renderer ??= createRenderer();
  return (await renderer)(template, context);
}

async function createRenderer(): Promise<Renderer> {
  const [{ default: handlebars }, templates] = await Promise.all([import('handlebars'), readTemplates()]);
  const environment = handlebars.create();
  for (const [name, helper] of Object.entries(templateHelpers)) {
    environment.registerHelper(name, (...parameters: unknown[]) => {
      const options = parameters.at(-1) as Handlebars.HelperOptions;
      const root = options.data.root as TemplateContext;
      return helper(parameters.length > 1 ? parameters[0] : undefined, root.contract);
    });
  }
  // preventIndent: a partial is written with its own indentation, so that it reads as what it becomes.
  const options = { noEscape: true, strict: true, preventIndent: true };
  const known = new Set<string>(Object.keys(templateHelpers));
  for (const [name, source] of templates) {
    const ast = environment.parse(source);
    const unguarded = unguardedValues(ast, known);
    if (unguarded.length > 0) throw new Error(`template ${name} prints without a helper: ${unguarded.join(', ')}`);
    environment.registerPartial(name, environment.compile(ast, options));
  }
  return (template, context) => {
    const render = environment.partials[template] as Handlebars.TemplateDelegate | undefined;
    if (render === undefined) throw new Error(`there is no template ${template}`);
    return tidy(render(context));
  };
}

async function readTemplates(): Promise<[string, string][]> {
  const files = (await readdir(templatesFolder, { recursive: true })).filter((file) => file.endsWith('.hbs'));
  return Promise.all(
    files.sort().map(async (file): Promise<[string, string]> => {
      const path = file.split(sep).join('/');
      return [path.slice(0, -'.hbs'.length), await readFile(new URL(path, templatesFolder), 'utf8')];
    }),
  );
}

/**
 * Takes out what left-out blocks leave behind: blanks at line ends and spare empty lines. Literals are safe: no string
 * of Apex or XML spans lines, see `escape.ts`.
 */
function tidy(text: string): string {
  return text
    .replaceAll(/[ \t]+$/gm, '')
    .replaceAll(/\n{3,}/g, '\n\n')
    .replaceAll(/\{\n\n/g, '{\n')
    .replaceAll(/\n\n(\s*\})/g, '\n$1');
}

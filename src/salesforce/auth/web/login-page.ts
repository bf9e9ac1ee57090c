/** What the browser shows when Salesforce has sent it back: the end of the login, well or badly. */
export interface LoginPage {
  status: 200 | 400 | 404 | 405 | 502;
  title: string;
  text: string;
}

/** A page without scripts, links or remote parts; every text is escaped, because some of it comes from the URL. */
export function renderLoginPage(page: LoginPage): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(page.title)}</title>
<style>body{font:16px/1.5 system-ui,sans-serif;margin:20vh auto;max-width:34rem;padding:0 1rem;color:#1d1d1f;background:#fff}h1{font-size:1.4rem}@media(prefers-color-scheme:dark){body{color:#f5f5f7;background:#1d1d1f}}</style>
</head>
<body><main><h1>${escaped(page.title)}</h1><p>${escaped(page.text)}</p></main></body>
</html>
`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const dataHeaders = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
};

/** Says of an answer that it is data and no page, whoever opens it. @param headers of the answer */
export function markAsData(headers: Headers): void {
  for (const [name, value] of Object.entries(dataHeaders)) headers.set(name, value);
}

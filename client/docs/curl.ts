import type { Operation } from './openapi.ts'

/** A command for a shell that makes a call, with the first of its examples. */
export function curlOf(method: string, address: string, { parameters = [], requestBody }: Operation): string {
  const given = parameters.map(({ name, in: place, example }) => ({ name, place, value: encodeURIComponent(String(example)) }))
  const path = given.filter(({ place }) => place === 'path').reduce((url, { name, value }) => url.replace(encodeURI(`{${name}}`), value), address)
  const query = given.filter(({ place }) => place === 'query').map(({ name, value }) => `${name}=${value}`)
  const lines = [`curl ${quoted(query.length > 0 ? `${path}?${query.join('&')}` : path)}`]
  const example = Object.values(requestBody?.content['application/json']?.examples ?? {})[0]?.value
  if (example !== undefined) lines.push(`-H 'Content-Type: application/json'`, `-d ${quoted(JSON.stringify(example))}`)
  else if (method !== 'GET') lines.push(`-X ${method}`)
  return lines.join(' \\\n  ')
}

/** As a shell takes it for one word, whatever is in it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

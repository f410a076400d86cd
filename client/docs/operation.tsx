import { CopyButton } from '../ui/copy-button.tsx'
import { useSetting } from '../ui/setting.ts'
import { curlOf } from './curl.ts'
import { Fields, Prose, Type } from './fields.tsx'
import { fieldsOf, type Media, type OpenApi, type Operation } from './openapi.ts'

interface Props {
  method: string
  path: string
  operation: Operation
  api: OpenApi
}

/** One call: what it takes, what comes back, what can go wrong, and a command that makes it. */
export function OperationView({ method, path, operation, api }: Props) {
  const { server, words } = useSetting()
  const own = words.docs
  const { operationId, summary, description, parameters = [], requestBody, responses } = operation
  const body = requestBody?.content['application/json']
  const replies = Object.entries(responses)
  const failures = replies.filter(([, { content }]) => content?.['application/problem+json'])
  const command = curlOf(method, server.url(path.slice(1)), operation)
  return (
    <article id={operationId} aria-labelledby={`${operationId}-title`}>
      <h3 id={`${operationId}-title`}>
        <code>
          {method} {path}
        </code>
      </h3>
      <p>{summary}</p>
      {description && (
        <p>
          <Prose text={description} />
        </p>
      )}
      {parameters.length > 0 && (
        <>
          <h4>{own.parameters}</h4>
          <Fields
            fields={parameters.map(({ name, in: place, description, schema }) => ({ name, schema: { ...schema, description }, required: place === 'path' }))}
          />
        </>
      )}
      {body?.schema && (
        <>
          <h4>{own.body}</h4>
          <p>
            <Type schema={body.schema} />
          </p>
          <Examples media={body} />
        </>
      )}
      <h4>{own.replies}</h4>
      {replies
        .filter((reply) => !failures.includes(reply))
        .map(([status, { description, content = {} }]) => (
          <div key={status}>
            <p>
              <code>{status}</code> {description}
            </p>
            {Object.entries(content).map(([type, media]) => (
              <Reply key={type} type={type} media={media} />
            ))}
          </div>
        ))}
      <details>
        <summary>{own.problems}</summary>
        <ul>
          {failures.flatMap(([status, { content }]) =>
            Object.keys(content?.['application/problem+json']?.examples ?? {}).map((code) => (
              <li key={`${status} ${code}`}>
                <a href={`${server.url('docs')}#problem-${code}`}>
                  <code>
                    {status} {code}
                  </code>
                </a>{' '}
                <Prose text={api['x-problems'][code]?.about ?? ''} />
              </li>
            )),
          )}
        </ul>
      </details>
      <h4>{own.command}</h4>
      <pre>
        <code>{command}</code>
      </pre>
      <CopyButton label={own.copy} text={() => command} />
    </article>
  )
}

function Reply({ type, media }: { type: string; media: Media }) {
  const { schema, 'x-events': events } = media
  return (
    <>
      <p>
        <code>{type}</code> {schema && !events && <Type schema={schema} />}
      </p>
      {events && (
        <Fields
          fields={Object.entries(events).map(([name, event]) => ({
            name: `event: ${name}`,
            schema: { ...event.schema, description: event.description },
            required: true,
          }))}
        />
      )}
      {schema?.properties && <Fields fields={fieldsOf(schema)} />}
      <Examples media={media} />
    </>
  )
}

function Examples({ media: { example, examples = {} } }: { media: Media }) {
  const own = useSetting().words.docs
  const values = [...(example === undefined ? [] : [example]), ...Object.values(examples).map(({ value }) => value)]
  if (values.length === 0) return null
  return (
    <details>
      <summary>{own.example}</summary>
      {values.map((value, i) => (
        <pre key={i}>
          <code>{typeof value === 'string' ? value : JSON.stringify(value, null, 2)}</code>
        </pre>
      ))}
    </details>
  )
}

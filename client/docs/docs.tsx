import { useEffect } from 'preact/hooks'
import { FailureNotice } from '../ui/failure.tsx'
import { useLoaded } from '../ui/loaded.ts'
import { useSetting } from '../ui/setting.ts'
import { SidePage } from '../ui/side-page.tsx'
import { Fields, Prose } from './fields.tsx'
import { fieldsOf, type OpenApi } from './openapi.ts'
import { OperationView } from './operation.tsx'

/** The HTTP interface, as /openapi.json describes it, to be read. The description is in English, whatever the page's language. */
export function Docs() {
  const { server, words } = useSetting()
  const own = words.docs
  const loaded = useLoaded('openapi', (signal) => server.get<OpenApi>('openapi.json', signal))
  const api = loaded.value
  useEffect(() => {
    // What a link leads to is there only now.
    if (api && location.hash) document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView()
  }, [api])
  return (
    <SidePage>
      <main class="docs">
        <h2>{own.title}</h2>
        <p class="tagline">{own.intro}</p>
        <p>
          <a href={server.url('openapi.json')}>openapi.json</a>
        </p>
        {loaded.failure && <FailureNotice failure={loaded.failure} partial={false} retry={loaded.again} busy={false} />}
        {api && <Contents api={api} />}
        {api && <Description api={api} />}
      </main>
    </SidePage>
  )
}

function operationsOf(api: OpenApi, tag: string) {
  return Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, operation]) => operation.tags.includes(tag))
      .map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  )
}

function Contents({ api }: { api: OpenApi }) {
  const { server, words } = useSetting()
  return (
    <nav aria-label={words.docs.contents} lang="en" dir="ltr">
      <ul>
        {api.tags.flatMap(({ name }) =>
          operationsOf(api, name).map(({ path, method, operation }) => (
            <li key={operation.operationId}>
              <a href={`${server.url('docs')}#${operation.operationId}`}>
                <code>
                  {method} {path}
                </code>
              </a>{' '}
              {operation.summary}
            </li>
          )),
        )}
      </ul>
    </nav>
  )
}

function Description({ api }: { api: OpenApi }) {
  const own = useSetting().words.docs
  return (
    <>
      {api.tags.map(({ name, description }) => (
        <section key={name} lang="en" dir="ltr" aria-labelledby={`tag-${name}`}>
          <h2 id={`tag-${name}`}>{name}</h2>
          <p>{description}</p>
          {operationsOf(api, name).map((one) => (
            <OperationView key={one.operation.operationId} {...one} api={api} />
          ))}
        </section>
      ))}
      <section aria-labelledby="objects">
        <h2 id="objects">{own.objects}</h2>
        {Object.entries(api.components.schemas).map(([name, schema]) => (
          <section key={name} lang="en" dir="ltr" aria-labelledby={`schema-${name}`}>
            <h3 id={`schema-${name}`}>{name}</h3>
            <Fields fields={fieldsOf(schema)} />
          </section>
        ))}
      </section>
      <section aria-labelledby="problems">
        <h2 id="problems">{own.problems}</h2>
        <p>{own.problemsIntro}</p>
        <dl lang="en" dir="ltr">
          {Object.entries(api['x-problems']).map(([code, { status, about }]) => (
            <div key={code} id={`problem-${code}`}>
              <dt>
                <code>
                  {status} urn:onrecord:problem:{code}
                </code>
              </dt>
              <dd>
                <Prose text={about} />
              </dd>
            </div>
          ))}
        </dl>
      </section>
    </>
  )
}

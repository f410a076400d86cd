import { useSetting } from '../ui/setting.ts'
import { type Field, type Schema, typeOf } from './openapi.ts'

/** Names, types and meanings of fields. */
export function Fields({ fields }: { fields: Field[] }) {
  const own = useSetting().words.docs
  return (
    <dl>
      {fields.map(({ name, schema, required }) => (
        <div key={name}>
          <dt>
            <code>{name}</code> <Type schema={schema} /> {!required && <span class="optional">{own.optional}</span>}
          </dt>
          {schema.description && (
            <dd>
              <Prose text={schema.description} />
            </dd>
          )}
        </div>
      ))}
    </dl>
  )
}

export function Type({ schema }: { schema: Schema }) {
  const { server } = useSetting()
  return (
    <span class="type">
      {typeOf(schema).map(({ text, schema: name }, i) =>
        name ? (
          <a key={i} href={`${server.url('docs')}#schema-${name}`}>
            {text}
          </a>
        ) : (
          text
        ),
      )}
    </span>
  )
}

/** A text with its code, which stands between backticks. */
export function Prose({ text }: { text: string }) {
  return <>{text.split('`').map((part, i) => (i % 2 === 1 ? <code key={i}>{part}</code> : part))}</>
}

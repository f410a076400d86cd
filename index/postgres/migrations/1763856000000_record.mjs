/**
 * A record in a database. What belongs to generations has `born`, the number of the first generation that it is in, and `died`, that of the
 * first one that it is no longer in. Passages and statements live as long as their source, so that a switch of generations changes rows of
 * `sources` and `files` alone: a passage's row would be put into its indexes again.
 * @param {import('node-pg-migrate').MigrationBuilder} pgm
 */
export function up(pgm) {
  pgm.sql(`
CREATE EXTENSION IF NOT EXISTS vector;

CREATE TABLE onrecord.record (
  "only" boolean PRIMARY KEY DEFAULT true CHECK ("only"),
  embedder text,
  dimensions int,
  /* The number of the generation that is asked; null before the first. */
  current int
);
INSERT INTO onrecord.record ("only") VALUES (true);

CREATE TABLE onrecord.generations (
  number int PRIMARY KEY,
  id text UNIQUE NOT NULL,
  state text NOT NULL CHECK (state IN ('building', 'complete')),
  created timestamptz NOT NULL DEFAULT now(),
  /* The version of On Record that plans it, and of all of its workers. */
  made_by text NOT NULL DEFAULT '',
  /* When it became the current one. */
  completed timestamptz,
  sources int,
  passages bigint,
  sentences bigint,
  /* JSON: documents in each language. */
  languages text,
  /* Different terms of a passage's text and title, on average. */
  text_average float8,
  title_average float8,
  /* JSON: statements and publications of each month or year. */
  dates text,
  /* JSON: files that were not indexed. */
  skipped text
);

CREATE TABLE onrecord.files (
  file bigserial PRIMARY KEY,
  path text COLLATE "C" NOT NULL,
  /* Tells what its sources depend on. */
  key text NOT NULL,
  sha256 text NOT NULL,
  born int NOT NULL,
  died int,
  state text NOT NULL CHECK (state IN ('planned', 'done', 'skipped')),
  /* JSON: what of it was not indexed. */
  skipped text,
  /* JSON: what a worker needs to know of it beside its bytes, which are so many. */
  listing text NOT NULL DEFAULT '{}',
  bytes bigint NOT NULL DEFAULT 0,
  /* The worker that has it, by the key of its lock, and for which job. */
  worker int,
  job uuid,
  /* Times that it may have ended its worker. */
  attempts int NOT NULL DEFAULT 0,
  passages int NOT NULL DEFAULT 0,
  embedded int NOT NULL DEFAULT 0
) /* Room to give files back on a full disk. */ WITH (fillfactor = 50);
CREATE INDEX files_path ON onrecord.files (path);
CREATE INDEX files_born ON onrecord.files (born);
CREATE INDEX files_planned ON onrecord.files (worker) WHERE state = 'planned';
CREATE INDEX files_died ON onrecord.files (died) WHERE died IS NOT NULL;
CREATE INDEX files_sha256 ON onrecord.files (sha256);

/* The bytes that were indexed, so that workers and servers need no folder. */
CREATE TABLE onrecord.originals (sha256 text PRIMARY KEY, bytes bytea NOT NULL);
ALTER TABLE onrecord.originals ALTER COLUMN bytes SET STORAGE EXTERNAL;

CREATE SEQUENCE onrecord.source_numbers;
CREATE TABLE onrecord.sources (
  source bigint PRIMARY KEY,
  file bigint NOT NULL,
  /* Among the sources of its file. */
  position int NOT NULL,
  id text NOT NULL,
  path text COLLATE "C" NOT NULL,
  sha256 text NOT NULL,
  /* What is recorded of it, with its statements, as JSON; and its text in UTF-8. */
  line text NOT NULL,
  text bytea NOT NULL,
  /* Without U+0000 and in lower case, as filters compare them. */
  outlet_folded text,
  path_folded text NOT NULL,
  title_folded text NOT NULL,
  /* The outlet's own voice. */
  voice bigint,
  /* The first and the last day that its publication may have been on; null where only its file tells of one. */
  first_day text,
  last_day text,
  passages int NOT NULL,
  sentences int NOT NULL,
  signature bytea,
  language text,
  /* The month or year of its publication and of each of its statements. */
  dates text[] NOT NULL DEFAULT '{}',
  born int NOT NULL,
  died int
);
CREATE INDEX sources_born ON onrecord.sources (born);
CREATE INDEX sources_id ON onrecord.sources (id);
CREATE INDEX sources_file ON onrecord.sources (file);
CREATE INDEX sources_path ON onrecord.sources (path, position);
CREATE INDEX sources_voice ON onrecord.sources (voice);
CREATE INDEX sources_died ON onrecord.sources (died) WHERE died IS NOT NULL;

CREATE TABLE onrecord.passages (
  source bigint,
  number int,
  start int NOT NULL,
  "end" int NOT NULL,
  /* The start and end of each sentence. */
  sentences int[] NOT NULL,
  embedding halfvec NOT NULL,
  sentence_vectors bytea NOT NULL,
  /* Tokens of each sentence, and the signs of their vectors. */
  tokens int[] NOT NULL,
  signs bytea NOT NULL,
  /* The same for the same sentences. */
  key bytea NOT NULL,
  terms tsvector NOT NULL,
  title_terms tsvector NOT NULL,
  /* Different terms. */
  length int NOT NULL,
  title_length int NOT NULL,
  PRIMARY KEY (source, number)
) WITH (toast_tuple_target = 4096);
/* What every search reads stays in the row, what is read of the best alone does not. */
ALTER TABLE onrecord.passages ALTER COLUMN sentence_vectors SET STORAGE EXTERNAL;
ALTER TABLE onrecord.passages ALTER COLUMN signs SET STORAGE EXTERNAL;
ALTER TABLE onrecord.passages ALTER COLUMN terms SET STORAGE EXTERNAL;
ALTER TABLE onrecord.passages ALTER COLUMN title_terms SET STORAGE EXTERNAL;
CREATE INDEX passages_key ON onrecord.passages USING hash (key);

/* Who says something: a row a speaker, role and outlet, as a text names the speaker in full; and every outlet itself. */
CREATE TABLE onrecord.voices (
  voice bigserial PRIMARY KEY,
  /* Of name, speaker, role and outlet: a long name fits into no B-tree. */
  hash bytea UNIQUE NOT NULL,
  name text NOT NULL,
  speaker text NOT NULL,
  role text,
  outlet text,
  is_person boolean NOT NULL,
  /* Speaker and role in lower case, as filters compare them. */
  folded text NOT NULL,
  own text[] NOT NULL,
  outlet_terms text[] NOT NULL,
  all_terms text[] NOT NULL
);
CREATE INDEX voices_terms ON onrecord.voices USING gin (all_terms);
CREATE INDEX voices_speaker ON onrecord.voices USING hash (speaker);

CREATE TABLE onrecord.statements (
  source bigint,
  number int,
  start int NOT NULL,
  "end" int NOT NULL,
  voice bigint NOT NULL,
  /* The first and the last day that it may have been said on, else those of its source. */
  first_day text,
  last_day text,
  PRIMARY KEY (source, number)
);
CREATE INDEX statements_voice ON onrecord.statements (voice);
CREATE INDEX statements_day ON onrecord.statements (first_day);

/* How many passages hold a term, in the text, in the title, or in one of both, from a generation on. */
CREATE TABLE onrecord.terms (
  term text COLLATE "C",
  born int,
  passages int NOT NULL,
  texts int NOT NULL,
  titles int NOT NULL,
  PRIMARY KEY (term, born)
);

/* Near-copies in a generation: the group that a source is in, by the number of its first source. */
CREATE TABLE onrecord.groups (born int, source bigint, "group" bigint NOT NULL, PRIMARY KEY (born, source));
CREATE INDEX groups_group ON onrecord.groups (born, "group");
`)
}

export const down = false

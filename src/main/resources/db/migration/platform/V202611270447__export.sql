-- A list on its way into a file, and afterwards the file's label. Who runs it holds a lease; another replica begins the file
-- anew when the lease is over.
CREATE TABLE export_job (
  id                 uuid        PRIMARY KEY,
  tenant_id          uuid        NOT NULL,
  list               text        COLLATE "C" NOT NULL,
  format             text        NOT NULL CHECK (format IN ('CSV', 'XLSX')),
  language           text        NOT NULL CHECK (language IN ('ZH', 'EN')),
  filter             jsonb       NOT NULL,
  -- The company's zone when it was asked for: one file has one zone.
  zone               text        NOT NULL,
  requested_by       text        NOT NULL,
  requested_by_name  text        NOT NULL,
  requested_at       timestamptz NOT NULL,
  state              text        NOT NULL DEFAULT 'QUEUED'
                     CHECK (state IN ('QUEUED', 'RUNNING', 'DONE', 'FAILED', 'EXPIRED', 'CANCELLED')),
  attempts           int         NOT NULL DEFAULT 0,
  lease              uuid,
  lease_until        timestamptz,
  rows_done          int         NOT NULL DEFAULT 0,
  rows_total         int,
  bytes              bigint      NOT NULL DEFAULT 0,
  part_bytes         int         NOT NULL CHECK (part_bytes > 0),
  sha256             text,
  problem_code       text,
  problem_zh         text,
  problem_en         text,
  finished_at        timestamptz,
  expires_at         timestamptz,
  CHECK ((state = 'RUNNING') = (lease IS NOT NULL)),
  CHECK (state <> 'DONE' OR (sha256 IS NOT NULL AND expires_at IS NOT NULL)),
  UNIQUE (tenant_id, id)
);
CREATE INDEX export_job_open ON export_job (requested_at, id) WHERE state IN ('QUEUED', 'RUNNING');
CREATE INDEX export_job_kept ON export_job (expires_at) WHERE state = 'DONE';
CREATE INDEX export_job_newest ON export_job (tenant_id, requested_at DESC, id DESC);
CALL fence('export_job');

-- The file, cut: every part but the last has part_bytes, so that a place in the file is a number of a part.
CREATE TABLE export_part (
  tenant_id  uuid   NOT NULL,
  export_id  uuid   NOT NULL,
  no         int    NOT NULL CHECK (no >= 0),
  bytes      bytea  NOT NULL,
  PRIMARY KEY (tenant_id, export_id, no),
  FOREIGN KEY (tenant_id, export_id) REFERENCES export_job (tenant_id, id) ON DELETE CASCADE
);
-- Already compressed, or soon gone.
ALTER TABLE export_part ALTER COLUMN bytes SET STORAGE EXTERNAL;
CALL fence('export_part');

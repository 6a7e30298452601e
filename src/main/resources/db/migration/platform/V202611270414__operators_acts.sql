-- What the platform's operators did to companies: in the company's own log, and found together by the operators.
ALTER TABLE audit_entry ADD COLUMN by_operator boolean NOT NULL DEFAULT false;
CREATE INDEX audit_entry_by_operator ON audit_entry (at DESC, id DESC) WHERE by_operator;

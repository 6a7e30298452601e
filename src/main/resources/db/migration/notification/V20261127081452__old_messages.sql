-- What is old is looked for across companies.
CREATE INDEX message_by_age ON message (created_at);

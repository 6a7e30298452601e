-- Timetables by name, and rejected messages by when they last came.
CREATE INDEX timetable_by_name ON timetable (tenant_id, purpose, name, id) WHERE status <> 'DELETED';
CREATE INDEX rejected_message_last ON rejected_message (tenant_id, last_at DESC, id DESC) WHERE replayed_at IS NULL;
